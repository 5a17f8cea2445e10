#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DIAL_TYPE_PROGRAM (dial_program_get_type ())
G_DECLARE_FINAL_TYPE (DialProgram, dial_program, DIAL, PROGRAM, AdwApplication)

/**
 * DialProgram:
 *
 * The running program: its command line, its sessions, and what belongs to no window. (An
 * application, here, is a candidate's.)
 */
DialProgram *dial_program_new (void);

G_END_DECLS
