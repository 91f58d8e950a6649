#ifndef BIGHT_CLAPACK_H
#define BIGHT_CLAPACK_H

// The handful of BLAS and LAPACK routines in use, taken from OpenBLAS when the first of them is
// needed. Matrices are column-major. None may be called before lapack_load answered 0.

// Opens the library: 0 if every routine was found, 1 if there is no such library, 2 if it lacks a
// routine (then `lapack_missing` names it). Safe to call from several threads and several times.
int lapack_load(const char *library);
const char *lapack_missing(void);

void lapack_set_threads(int threads);

// c = alpha op(a) op(b) + beta c; `transposes` are 0 or 1.
void lapack_gemm(int transpose_a, int transpose_b, int m, int n, int k, double alpha,
                 const double *a, int lda, const double *b, int ldb, double beta, double *c, int ldc);
// Upper triangle of c = alpha a'a + beta c for a of k rows and n columns.
void lapack_syrk(int n, int k, double alpha, const double *a, int lda, double beta, double *c, int ldc);
// y = alpha op(a) x + beta y
void lapack_gemv(int transpose, int m, int n, double alpha, const double *a, int lda,
                 const double *x, double beta, double *y);

// Each of these answers LAPACK's `info`.
int lapack_potrf(int n, double *a, int lda);
int lapack_potrs(int n, int columns, const double *a, int lda, double *b, int ldb);
int lapack_geqrf(int m, int n, double *a, int lda, double *tau, double *work, int lwork);
int lapack_geqp3(int m, int n, double *a, int lda, int *pivots, double *tau, double *work, int lwork);
// b = op(Q) b for one or more columns of b.
int lapack_ormqr(int transpose, int m, int columns, int k, const double *a, int lda, const double *tau,
                 double *b, int ldb, double *work, int lwork);
// Solves op(U) x = b for an upper triangle.
int lapack_trtrs(int transpose, int n, int columns, const double *a, int lda, double *b, int ldb);
// Eigenvalues in rising order; the eigenvectors replace `a`.
int lapack_syevd(int n, double *a, int lda, double *values, double *work, int lwork, int *iwork,
                 int liwork);

#endif
