package io.crosstrace.agent.bpf;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import java.util.Map;
import java.util.TreeMap;

/** The programs of CrossTrace agents, this one and others, that the kernel holds. */
final class LoadedPrograms {
	private static final int INFO_BYTES = 256; // struct bpf_prog_info; the kernel fills what it knows
	private static final int INFO_ID = 4;
	private static final int INFO_NAME = 64;

	private LoadedPrograms() {
	}

	/** Names by the kernel's program id. Takes some microseconds per program on the host. */
	static Map<Integer, String> all(LibBpf bpf) {
		Map<Integer, String> found = new TreeMap<>();
		Memory info = new Memory(INFO_BYTES);
		IntByReference next = new IntByReference();
		for (int id = 0; bpf.bpf_prog_get_next_id(id, next) == 0; id = next.getValue()) {
			int fd = bpf.bpf_prog_get_fd_by_id(next.getValue());
			if (fd < 0) {
				continue; // gone meanwhile
			}
			if (info(bpf, fd, info) && Feature.allPrograms().contains(info.getString(INFO_NAME))) {
				found.put(next.getValue(), info.getString(INFO_NAME));
			}
			LibC.C.close(fd);
		}
		return found;
	}

	/** The kernel's id of a program we hold; 0 if there is none. */
	static int id(LibBpf bpf, int program) {
		Memory info = new Memory(INFO_BYTES);
		return info(bpf, program, info) ? info.getInt(INFO_ID) : 0;
	}

	private static boolean info(LibBpf bpf, int program, Memory info) {
		info.clear();
		return program >= 0 && bpf.bpf_obj_get_info_by_fd(program, info, new IntByReference(INFO_BYTES)) == 0;
	}
}
