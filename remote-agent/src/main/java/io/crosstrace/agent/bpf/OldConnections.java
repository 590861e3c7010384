package io.crosstrace.agent.bpf;

import com.sun.jna.Native;
import io.crosstrace.agent.bpf.BpfObject.Refusal;
import java.nio.file.Path;

/**
 * Switches the TCP option on or off for connections that exist already, in every network namespace of the
 * host. The kernel remembers the switch on each connection, also when the agent that set it is gone.
 */
final class OldConnections {
	private final BpfObject object;
	private String problem;

	OldConnections(BpfObject object) {
		this.object = object;
	}

	/**
	 * Visits every connection. Takes some milliseconds per thousand.
	 *
	 * @return null, or the first thing that went wrong; other namespaces were visited all the same
	 */
	String visit() {
		problem = null;
		Thread visitor = new Thread(this::visitNamespaces, "crosstrace-namespaces"); // it never comes home
		visitor.start();
		try {
			visitor.join();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		return problem;
	}

	private void visitNamespaces() {
		for (Path namespace : Host.networkNamespaces()) {
			try {
				enter(namespace);
				object.iterate("ct_flags");
			} catch (Refusal e) {
				if (problem == null && e.errno != LibC.ENOENT) {
					problem = namespace + ": " + e.getMessage();
				}
			}
		}
	}

	private static void enter(Path namespace) throws Refusal {
		int fd = LibC.C.open(namespace.toString(), LibC.O_RDONLY | LibC.O_CLOEXEC);
		if (fd < 0) {
			throw new Refusal("opening the namespace", Native.getLastError(), "");
		}
		int result = LibC.C.setns(fd, LibC.CLONE_NEWNET);
		int errno = Native.getLastError();
		LibC.C.close(fd);
		if (result < 0) {
			throw new Refusal("entering the network namespace", errno, "");
		}
	}
}
