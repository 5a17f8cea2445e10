#include "dial-sandbox-server.h"

void dial_sandbox_faults_init (DialSandboxServer *server) {}
gboolean dial_sandbox_faults_apply (DialSandboxRequest *request) { return FALSE; }
void dial_sandbox_faults_control (DialSandboxRequest *request) { dial_sandbox_refuse (request->message, 404, "Resource not found", NULL); }
void dial_sandbox_faults_log (DialSandboxRequest *request) {}
void dial_sandbox_faults_free (DialSandboxServer *server) {}
