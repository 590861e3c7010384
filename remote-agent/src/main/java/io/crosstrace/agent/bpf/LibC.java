package io.crosstrace.agent.bpf;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The part of the C library that we use. A negative number is a failure; errno says which. */
interface LibC extends Library {
	LibC C = Native.load("c", LibC.class);

	int O_RDONLY = 0;
	int O_CLOEXEC = 0x80000;
	int CLONE_NEWNET = 0x40000000;
	int PROT_READ = 1;
	int PROT_WRITE = 2;
	int MAP_SHARED = 1;

	int EPERM = 1;
	int ENOENT = 2;
	int EACCES = 13;
	int EINVAL = 22;

	int open(String path, int flags);

	int close(int fd);

	NativeLong read(int fd, Pointer to, NativeLong size);

	int setns(int fd, int type);

	Pointer mmap(Pointer at, NativeLong length, int protection, int flags, int fd, NativeLong offset);

	int munmap(Pointer at, NativeLong length);

	int getpagesize();

	String strerror(int errno);

	int malloc_trim(NativeLong keep);

	/** Gives back what native code no longer needs, which the C library likes to keep. */
	static void trim() {
		try {
			C.malloc_trim(new NativeLong(0));
		} catch (UnsatisfiedLinkError e) {
			return; // another C library than GNU's; it keeps less
		}
	}

	/** What went wrong in this thread's last native call, in the C library's words. */
	static String reason(int errno) {
		return C.strerror(errno) + " (errno " + errno + ")";
	}
}
