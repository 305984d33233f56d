package match

import (
	"syscall"
	"time"
	"unsafe"
)

// processorTime is the time that this thread has run, to the nanosecond, unlike
// that of getrusage.
func processorTime() time.Duration {
	var t syscall.Timespec
	const thread = 3 // CLOCK_THREAD_CPUTIME_ID
	if _, _, err := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, thread, uintptr(unsafe.Pointer(&t)), 0); err != 0 {
		panic(err)
	}
	return time.Duration(t.Nano())
}
