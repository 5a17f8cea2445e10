/* What is read of fonts before it is drawn: the kernel tells which pages of a file it has. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dial-fonts.h"

/* The one that Chinese and Japanese names are written in here. */
#define FONT "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

static void
on_read_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(guint *) user_data = dial_fonts_read_ahead_finish (result);
}

static guint
read_ahead (void)
{
  guint n = G_MAXUINT;

  dial_fonts_read_ahead_async ("Cantarell 11", NULL, on_read_cb, &n);
  while (n == G_MAXUINT)
    g_main_context_iteration (NULL, TRUE);
  return n;
}

/* How many pages of the file are not in memory. */
static gsize
count_missing (int   file,
               gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE), n = (size + page - 1) / page, n_missing = 0;
  g_autofree guchar *there = g_malloc (n);
  void *map = mmap (NULL, size, PROT_READ, MAP_SHARED, file, 0);

  g_assert_true (map != MAP_FAILED);
  g_assert_no_errno (mincore (map, size, there));
  for (gsize i = 0; i < n; i++)
    n_missing += (there[i] & 1) == 0;
  munmap (map, size);
  return n_missing;
}

/* The kernel reads after it was asked to, so what is not there yet is waited for. */
static void
test_file (void)
{
  int file = open (FONT, O_RDONLY | O_CLOEXEC);
  struct stat status;

  if (file < 0) {
    g_test_skip ("fonts-noto-cjk is not installed");
    return;
  }

  g_assert_no_errno (fstat (file, &status));
  g_assert_cmpint (posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED), ==, 0);
  if (count_missing (file, (gsize) status.st_size) == 0) {
    g_test_skip ("the kernel does not let go of the font");
    close (file);
    return;
  }

  /* One of each weight, and those of other scripts. */
  g_assert_cmpuint (read_ahead (), >=, 4);
  while (count_missing (file, (gsize) status.st_size) > 0)
    g_usleep (1000);
  close (file);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fonts/file", test_file);
  return g_test_run ();
}
