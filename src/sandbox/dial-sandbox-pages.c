#include "dial-sandbox-server.h"
void dial_sandbox_show_page (DialSandboxRequest *request) { dial_sandbox_refuse (request->message, 404, "Resource not found", NULL); }
