#include "dial-sandbox-world.h"

/* The people who work in Greenhouse. The order is that of the ids. */
const DialSandboxUser dial_sandbox_users[] = {
  /* id, first, last, e-mail, second e-mail, title, number, admin, left, service, sees private */
  { G_GINT64_CONSTANT (5400011874), "Payroll", "Bridge", NULL, NULL, NULL, NULL, TRUE, FALSE, TRUE,
    TRUE },
  { DIAL_SANDBOX_SERVICE_USER, "Dialhouse", "Service User", NULL, NULL, NULL, NULL, TRUE, FALSE,
    TRUE, TRUE },
  { DIAL_SANDBOX_RECRUITER, "Oskar", "Venn", "oskar.venn@example.com", "oskar@alderworks.example",
    "Recruiter",
    "E-204", TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012031), "Ines", "Aldaba", "ines.aldaba@example.com", NULL,
    "Head of Recruiting", "E-101",
    TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012055), "Tobias", "Krähenbühl", "tobias.k@example.com",
    "t.kraehenbuehl@alderworks.example",
    "Recruiter", "E-205", FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012090), "Wanjiru", "Kamau", "wanjiru.kamau@example.com", NULL,
    "Sourcer", "E-206",
    TRUE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012104), "Léa", "Montclœur", "lea.montcloeur@example.com", NULL,
    "Coordinatrice", "E-207",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012170), "Pádraig", "Ó Súilleabháin", "padraig@example.com", NULL,
    "Recruiter", NULL,
    TRUE, TRUE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012202), "山田", "健太", "kenta.yamada@example.com", NULL, "Recruiter",
    "E-209",
    TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012233), "Zofia", NULL, "zofia@example.com", NULL, NULL, "E-210", FALSE,
    FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012260), "Dmitri", "Halloran-Vasquez", "dmitri.hv@example.com", NULL,
    "Hiring Manager",
    "E-211", FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012291), "Amara", "Onyeka", "amara.onyeka@example.com",
    "amara@alderworks.example",
    "Recruiter", "E-212", TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012307), "Bertil", "Lindqvist", "bertil.lindqvist@example.com", NULL,
    "Hiring Manager",
    "E-213", FALSE, TRUE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012344), "Calendar", "Sync", "calendar-sync@example.com", NULL, NULL,
    NULL,
    FALSE, FALSE, TRUE, FALSE },
  { G_GINT64_CONSTANT (5400012371), "Ruth", "Ben-David", "ruth.bendavid@example.com", NULL,
    "Recruiter", "E-214",
    TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012400), "Nguyễn", "Thị Ánh", "anh.nguyen@example.com", NULL, "Sourcer",
    "E-215",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012428), "Gareth", "Penhaligon", "gareth.penhaligon@example.com", NULL,
    "Finance", "E-216",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012455), "Mercedes", "de la Peña", "mercedes@example.com", NULL,
    "Hiring Manager", "E-217",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012480), "Işıl", "Yıldız", "isil.yildiz@example.com", NULL, "Recruiter",
    "E-218",
    TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012513), "Former", "Person", "former.person@example.com", NULL, NULL,
    NULL,
    FALSE, TRUE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012540), "Hallgerður", "Ægisdóttir", "hallgerdur@example.com", NULL,
    "Coordinator", "E-220",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012566), "Γιώργος", "Ξενάκης", "giorgos.xenakis@example.com", NULL,
    "Hiring Manager", "E-221",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012590), "Olena", "Shevchuk", "olena.shevchuk@example.com",
    "olena@alderworks.example",
    "Recruiter", "E-222", TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012612), "Tariq", "Mansour", "tariq.mansour@example.com", NULL,
    "Recruiter", "E-223",
    TRUE, TRUE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012640), "Priya", "Deshpande", "priya.deshpande@example.com", NULL,
    "Hiring Manager", "E-224",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012673), NULL, "Reception", "reception@example.com", NULL, "Front desk",
    NULL,
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012699), "Sipho", "Dlamini", "sipho.dlamini@example.com", NULL,
    "Recruiter", "E-226",
    TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012721), "Marta", "Źrebiec", "marta.zrebiec@example.com", NULL,
    "Coordinator", "E-227",
    FALSE, FALSE, FALSE, FALSE },
  { G_GINT64_CONSTANT (5400012750), "Jonas", "Weiß", "jonas.weiss@example.com", NULL, "Recruiter",
    "E-228",
    TRUE, FALSE, FALSE, TRUE },
  { G_GINT64_CONSTANT (5400012788), "Somchai", "Wongyai", "somchai@example.com", NULL,
    "Hiring Manager", "E-229",
    FALSE, FALSE, FALSE, FALSE },
};
const guint dial_sandbox_n_users = G_N_ELEMENTS (dial_sandbox_users);

const char * const dial_sandbox_jobs[] = {
  "Logistics Analyst", "Senior Backend Engineer", "Registered Nurse, Night Shift",
  "Bäckermeister (m/w/d)", "Account Executive, Nordics", "Data Engineer", "Electrician",
  "Responsable de production", "QA Engineer", "Warehouse Supervisor", "Product Designer",
  "Staff Accountant", "データサイエンティスト", "People Partner", "Welder II", "Customer Success Manager",
  "Summer Intern 2027", "Train Driver", "Pastry Chef", "Site Reliability Engineer",
  "Frontend Engineer <TypeScript>", "Dental Assistant", "Сметчик", "Fleet & Yard Manager",
  "Chief of Staff", NULL
};

const char * const dial_sandbox_stages[] = {
  "Application Review", "Phone Screen", "Take Home Test", "Face to Face", "Reference Check",
  "Offer", NULL
};

/**
 * dial_sandbox_find_user:
 * @id: a user's id
 *
 * Returns: (nullable): the user
 */
const DialSandboxUser *
dial_sandbox_find_user (gint64 id)
{
  for (guint i = 0; i < dial_sandbox_n_users; i++) {
    if (dial_sandbox_users[i].id == id)
      return &dial_sandbox_users[i];
  }

  return NULL;
}
