package io.crosstrace.agent.bpf;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** The part of libbpf that we use. A null pointer or a negative number is a failure; errno says which. */
interface LibBpf extends Library {
	int CGROUP_ITEM = 0;

	/** @throws CaptureException if the library is not installed */
	static LibBpf load() throws CaptureException {
		try {
			LibBpf bpf = Native.load("libbpf.so.1", LibBpf.class);
			bpf.libbpf_set_print(null); // it would print to our standard error; the verifier's words come by the log
			return bpf;
		} catch (UnsatisfiedLinkError e) {
			throw new CaptureException("The library libbpf.so.1 is missing: install libbpf1 (Debian, Ubuntu), "
					+ "libbpf (Fedora, Arch, Alpine) or libbpf1 (openSUSE).", e);
		}
	}

	Pointer libbpf_set_print(Pointer none);

	Pointer bpf_object__open_mem(Memory bytes, NativeLong size, Pointer options);

	int bpf_object__load(Pointer object);

	void bpf_object__close(Pointer object);

	Pointer bpf_object__find_program_by_name(Pointer object, String name);

	Pointer bpf_object__find_map_by_name(Pointer object, String name);

	int bpf_map__set_max_entries(Pointer map, int entries);

	int bpf_map__fd(Pointer map);

	int bpf_program__set_autoload(Pointer program, boolean on);

	int bpf_program__fd(Pointer program);

	Pointer bpf_program__attach(Pointer program);

	Pointer bpf_program__attach_cgroup(Pointer program, int cgroup);

	Pointer bpf_program__attach_uprobe_opts(Pointer program, int pid, String file, NativeLong offset, Pointer options);

	Pointer bpf_program__attach_iter(Pointer program, Pointer options);

	int bpf_link__fd(Pointer link);

	int bpf_link__destroy(Pointer link);

	int bpf_iter_create(int link);

	int bpf_prog_test_run_opts(int program, Pointer options);

	int bpf_map_lookup_elem(int map, Pointer key, Pointer value);

	int bpf_map_update_elem(int map, Pointer key, Pointer value, long flags);

	int bpf_map_delete_elem(int map, Pointer key);

	int libbpf_num_possible_cpus();

	int bpf_prog_get_next_id(int id, IntByReference next);

	int bpf_prog_get_fd_by_id(int id);

	int bpf_obj_get_info_by_fd(int fd, Pointer info, IntByReference length);
}
