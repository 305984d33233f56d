// Package bench compares the matcher with Hyperscan on the same phrases and
// the same text. It is a module of its own because it needs cgo.
package bench

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

typedef int (*on_match)(unsigned, unsigned long long, unsigned long long, unsigned, void *);

static int (*compile_lit_multi)(const char *const *, const unsigned *, const unsigned *, const size_t *,
	unsigned, unsigned, const void *, void **, void **);
static int (*alloc_scratch)(void *, void **);
static int (*scan)(void *, const char *, unsigned, unsigned, void *, on_match, void *);

// The library is opened at run time, so that the package builds without it.
static int hs_open(void) {
	void *lib = dlopen("libhs.so.5", RTLD_NOW);
	if (!lib) return 0;
	compile_lit_multi = dlsym(lib, "hs_compile_lit_multi");
	alloc_scratch = dlsym(lib, "hs_alloc_scratch");
	scan = dlsym(lib, "hs_scan");
	return compile_lit_multi && alloc_scratch && scan;
}

static int hs_compile(const char *const *phrases, const unsigned *flags, const unsigned *ids,
	const size_t *lens, unsigned n, void **db, void **scratch) {
	void *err = NULL;
	int code = compile_lit_multi(phrases, flags, ids, lens, n, 1, NULL, db, &err); // 1: HS_MODE_BLOCK
	return code ? code : alloc_scratch(*db, scratch);
}

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *n) {
	++*(unsigned long long *)n;
	return 0;
}

// The time that this thread has run.
static long long cpu(void) {
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long hs_run(void *db, void *scratch, const char *text, unsigned len) {
	unsigned long long n = 0;
	int code = scan(db, text, len, 0, scratch, count, &n);
	return code ? code : (long long)n;
}
*/
import "C"

import (
	"errors"
	"fmt"
	"time"
	"unsafe"
)

// ErrNoHyperscan says that libhs.so.5 (Debian: libhyperscan5) is not there.
var ErrNoHyperscan = errors.New("libhs.so.5 is not installed (Debian: apt install libhyperscan5)")

// Hyperscan is a compiled database with its scratch space.
type Hyperscan struct{ db, scratch unsafe.Pointer }

// NewHyperscan compiles phrases as caseless literals for block mode. It is for
// one goroutine, and never freed.
func NewHyperscan(phrases []string) (*Hyperscan, error) {
	if C.hs_open() == 0 {
		return nil, ErrNoHyperscan
	}
	n := len(phrases)
	list := (*[1 << 20]*C.char)(C.malloc(C.size_t(n) * C.size_t(unsafe.Sizeof(uintptr(0)))))[:n:n]
	flags := make([]C.uint, n)
	ids := make([]C.uint, n)
	lens := make([]C.size_t, n)
	for i, phrase := range phrases {
		list[i] = C.CString(phrase)
		flags[i] = 1 // HS_FLAG_CASELESS
		ids[i] = C.uint(i)
		lens[i] = C.size_t(len(phrase))
	}
	h := &Hyperscan{}
	code := C.hs_compile(&list[0], &flags[0], &ids[0], &lens[0], C.uint(n), &h.db, &h.scratch)
	if code != 0 {
		return nil, fmt.Errorf("hs_compile_lit_multi: error %d", code)
	}
	return h, nil
}

// Count returns how many matches Hyperscan reports in text, which is C memory
// or not moved while the call lasts.
func (h *Hyperscan) Count(text string) (int, error) {
	n := C.hs_run(h.db, h.scratch, (*C.char)(unsafe.Pointer(unsafe.StringData(text))), C.uint(len(text)))
	if n < 0 {
		return 0, fmt.Errorf("hs_scan: error %d", n)
	}
	return int(n), nil
}

// cpuTime is the time that this thread has run. Measured by it, programs are
// compared fairly on a machine that others use too.
func cpuTime() time.Duration { return time.Duration(C.cpu()) }
