package io.crosstrace.agent.bpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import io.crosstrace.agent.bpf.BpfObject.Refusal;
import java.nio.file.Path;

/**
 * Switches the TCP option on or off for connections that exist already, in every network namespace of the
 * host. The kernel remembers the switch on each connection, also when the agent that set it is gone.
 */
final class OldConnections {
	private static final int INFO_BYTES = 256;
	private static final int INFO_ID = 4;
	private static final int INFO_NAME = 64;

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

	/** Whether another agent on this host uses the switch: then it must stay on. */
	static boolean othersNeedThem(LibBpf bpf, int ownProgram) {
		Memory info = new Memory(INFO_BYTES);
		int own = info(bpf, ownProgram, info) ? info.getInt(INFO_ID) : 0;
		IntByReference next = new IntByReference();
		for (int id = 0; bpf.bpf_prog_get_next_id(id, next) == 0; id = next.getValue()) {
			int fd = bpf.bpf_prog_get_fd_by_id(next.getValue());
			if (fd < 0) {
				continue; // gone meanwhile
			}
			boolean other = info(bpf, fd, info) && info.getInt(INFO_ID) != own
					&& info.getString(INFO_NAME).equals("ct_option");
			LibC.C.close(fd);
			if (other) {
				return true;
			}
		}
		return false;
	}

	private static boolean info(LibBpf bpf, int program, Memory info) {
		info.clear();
		return program >= 0 && bpf.bpf_obj_get_info_by_fd(program, info, new IntByReference(INFO_BYTES)) == 0;
	}
}
