#include "CLapack.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

enum { row_major = 101, column_major = 102, no_transpose = 111, transpose = 112, upper = 121 };

// Fortran passes everything by address and the lengths of strings, hidden, at the end.
static struct {
  void (*set_threads)(int);
  void (*gemm)(int, int, int, int, int, int, double, const double *, int, const double *, int, double,
               double *, int);
  void (*syrk)(int, int, int, int, int, double, const double *, int, double, double *, int);
  void (*gemv)(int, int, int, int, double, const double *, int, const double *, int, double, double *,
               int);
  void (*potrf)(const char *, const int *, double *, const int *, int *, size_t);
  void (*potrs)(const char *, const int *, const int *, const double *, const int *, double *,
                const int *, int *, size_t);
  void (*geqrf)(const int *, const int *, double *, const int *, double *, double *, const int *, int *);
  void (*geqp3)(const int *, const int *, double *, const int *, int *, double *, double *, const int *,
                int *);
  void (*ormqr)(const char *, const char *, const int *, const int *, const int *, const double *,
                const int *, const double *, double *, const int *, double *, const int *, int *, size_t,
                size_t);
  void (*trtrs)(const char *, const char *, const char *, const int *, const int *, const double *,
                const int *, double *, const int *, int *, size_t, size_t, size_t);
  void (*syevd)(const char *, const char *, const int *, double *, const int *, double *, double *,
                const int *, int *, const int *, int *, size_t, size_t);
} blas;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int loaded = 0;
static const char *missing = "";

static int load(const char *library) {
  const struct {
    const char *name;
    void **slot;
  } wanted[] = {
      {"openblas_set_num_threads", (void **)&blas.set_threads},
      {"cblas_dgemm", (void **)&blas.gemm},
      {"cblas_dsyrk", (void **)&blas.syrk},
      {"cblas_dgemv", (void **)&blas.gemv},
      {"dpotrf_", (void **)&blas.potrf},
      {"dpotrs_", (void **)&blas.potrs},
      {"dgeqrf_", (void **)&blas.geqrf},
      {"dgeqp3_", (void **)&blas.geqp3},
      {"dormqr_", (void **)&blas.ormqr},
      {"dtrtrs_", (void **)&blas.trtrs},
      {"dsyevd_", (void **)&blas.syevd},
  };
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return 1;
  if (loaded) return 0;
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    *wanted[i].slot = dlsym(handle, wanted[i].name);
    if (!*wanted[i].slot) {
      missing = wanted[i].name;
      return 2;
    }
  }
  // Its threads spin and would change the order of sums: work is divided outside.
  blas.set_threads(1);
  loaded = 1;
  return 0;
}

int lapack_load(const char *library) {
  pthread_mutex_lock(&lock);
  int answer = load(library);
  pthread_mutex_unlock(&lock);
  return answer;
}

const char *lapack_missing(void) { return missing; }

void lapack_set_threads(int threads) { blas.set_threads(threads); }

static int op(int transposed) { return transposed ? transpose : no_transpose; }

void lapack_gemm(int transpose_a, int transpose_b, int m, int n, int k, double alpha, const double *a,
                 int lda, const double *b, int ldb, double beta, double *c, int ldc) {
  blas.gemm(column_major, op(transpose_a), op(transpose_b), m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void lapack_syrk(int n, int k, double alpha, const double *a, int lda, double beta, double *c, int ldc) {
  blas.syrk(column_major, upper, transpose, n, k, alpha, a, lda, beta, c, ldc);
}

void lapack_gemv(int transposed, int m, int n, double alpha, const double *a, int lda, const double *x,
                 double beta, double *y) {
  blas.gemv(column_major, op(transposed), m, n, alpha, a, lda, x, 1, beta, y, 1);
}

int lapack_potrf(int n, double *a, int lda) {
  int info = 0;
  blas.potrf("U", &n, a, &lda, &info, 1);
  return info;
}

int lapack_potrs(int n, int columns, const double *a, int lda, double *b, int ldb) {
  int info = 0;
  blas.potrs("U", &n, &columns, a, &lda, b, &ldb, &info, 1);
  return info;
}

int lapack_geqrf(int m, int n, double *a, int lda, double *tau, double *work, int lwork) {
  int info = 0;
  blas.geqrf(&m, &n, a, &lda, tau, work, &lwork, &info);
  return info;
}

int lapack_geqp3(int m, int n, double *a, int lda, int *pivots, double *tau, double *work, int lwork) {
  int info = 0;
  blas.geqp3(&m, &n, a, &lda, pivots, tau, work, &lwork, &info);
  return info;
}

int lapack_ormqr(int transposed, int m, int columns, int k, const double *a, int lda, const double *tau,
                 double *b, int ldb, double *work, int lwork) {
  int info = 0;
  blas.ormqr("L", transposed ? "T" : "N", &m, &columns, &k, a, &lda, tau, b, &ldb, work, &lwork, &info, 1,
             1);
  return info;
}

int lapack_trtrs(int transposed, int n, int columns, const double *a, int lda, double *b, int ldb) {
  int info = 0;
  blas.trtrs("U", transposed ? "T" : "N", "N", &n, &columns, a, &lda, b, &ldb, &info, 1, 1, 1);
  return info;
}

int lapack_syevd(int n, double *a, int lda, double *values, double *work, int lwork, int *iwork,
                 int liwork) {
  int info = 0;
  blas.syevd("V", "U", &n, a, &lda, values, work, &lwork, iwork, &liwork, &info, 1, 1);
  return info;
}
