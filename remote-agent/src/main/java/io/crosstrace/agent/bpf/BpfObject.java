package io.crosstrace.agent.bpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The BPF object, with some of its programs loaded; owns what it attaches. Not for several threads at once.
 *
 * <p>Failures of the kernel are {@link Refusal}s: the caller tries something else or explains.
 */
final class BpfObject implements AutoCloseable {
	private static final String RESOURCE = "crosstrace.bpf.o";
	private static final int LOG_BYTES = 1 << 18;

	/** The kernel did not want something. */
	static final class Refusal extends Exception {
		private static final long serialVersionUID = 1;
		final int errno;
		/** The verifier's text, or "". */
		final transient String log;

		Refusal(String what, int errno, String log) {
			super(what + ": " + LibC.reason(errno));
			this.errno = errno;
			this.log = log;
		}
	}

	private final LibBpf bpf;
	private final Pointer object;
	private final List<Pointer> links = new ArrayList<>();
	/** Links to functions of user code. The kernel takes up to a tenth of a second to let go of one. */
	private final List<Pointer> probes = new ArrayList<>();
	private final Memory bytes; // libbpf keeps pointing into it
	private final Memory log;

	private BpfObject(LibBpf bpf, Pointer object, Memory bytes, Memory log) {
		this.bpf = bpf;
		this.object = object;
		this.bytes = bytes;
		this.log = log;
	}

	/**
	 * Loads {@code programs} and no others, with all maps.
	 *
	 * @throws CaptureException if this agent holds no BPF object
	 */
	static BpfObject load(LibBpf bpf, Collection<String> programs, int ringBytes) throws CaptureException, Refusal {
		Memory bytes = resource();
		Memory log = new Memory(LOG_BYTES);
		log.clear();
		Pointer object = bpf.bpf_object__open_mem(bytes, new NativeLong(bytes.size()), openOptions(log));
		if (object == null) {
			throw new Refusal("opening the BPF object", Native.getLastError(), "");
		}
		BpfObject result = new BpfObject(bpf, object, bytes, log);
		try {
			for (String name : Feature.allPrograms()) {
				result.check(bpf.bpf_program__set_autoload(result.program(name), programs.contains(name)), name);
			}
			result.check(bpf.bpf_map__set_max_entries(result.mapPointer("ct_ring"), ringBytes), "sizing the ring");
			result.check(bpf.bpf_object__load(object), "loading " + String.join(", ", programs));
			return result;
		} catch (Refusal e) {
			result.close();
			throw e;
		}
	}

	private static Memory resource() throws CaptureException {
		try (InputStream in = BpfObject.class.getResourceAsStream(RESOURCE)) {
			if (in == null) {
				throw new CaptureException("This agent was built without its kernel programs: install clang and "
						+ "libbpf-dev, then build it again.");
			}
			byte[] bytes = in.readAllBytes();
			Memory memory = new Memory(bytes.length);
			memory.write(0, bytes, 0, bytes.length);
			return memory;
		} catch (IOException e) {
			throw new CaptureException("The agent's jar cannot be read: " + e.getMessage(), e);
		}
	}

	/** struct bpf_object_open_opts, up to kernel_log_level. */
	private static Pointer openOptions(Memory log) {
		Memory options = new Memory(80);
		options.clear();
		options.setLong(0, options.size());
		options.setPointer(56, log);
		options.setLong(64, log.size());
		options.setInt(72, 0); // level 0: libbpf asks again with 1 when a program is refused
		return options;
	}

	private Pointer program(String name) throws Refusal {
		Pointer program = bpf.bpf_object__find_program_by_name(object, name);
		if (program == null) {
			throw new Refusal("finding program " + name, Native.getLastError(), "");
		}
		return program;
	}

	private Pointer mapPointer(String name) throws Refusal {
		Pointer map = bpf.bpf_object__find_map_by_name(object, name);
		if (map == null) {
			throw new Refusal("finding map " + name, Native.getLastError(), "");
		}
		return map;
	}

	private void check(int result, String what) throws Refusal {
		if (result < 0) {
			throw new Refusal(what, -result, log.getString(0));
		}
	}

	int map(String name) throws Refusal {
		return bpf.bpf_map__fd(mapPointer(name));
	}

	int fd(String program) throws Refusal {
		return bpf.bpf_program__fd(program(program));
	}

	/** Attaches to what the program's section names. */
	void attach(String program) throws Refusal {
		keep(bpf.bpf_program__attach(program(program)), program, links);
	}

	/** Attaches to a control group, beside whatever others have attached there. */
	void attach(String program, String cgroup) throws Refusal {
		int fd = LibC.C.open(cgroup, LibC.O_RDONLY | LibC.O_CLOEXEC);
		if (fd < 0) {
			throw new Refusal("opening " + cgroup, Native.getLastError(), "");
		}
		try {
			keep(bpf.bpf_program__attach_cgroup(program(program), fd), program, links);
		} finally {
			LibC.C.close(fd);
		}
	}

	/** Attaches to a function of a program or library, in all processes that have it or will. */
	void attach(String program, Path file, String function, boolean atReturn) throws Refusal {
		Memory name = new Memory(function.length() + 1L);
		name.setString(0, function);
		Memory options = new Memory(40); // struct bpf_uprobe_opts, up to func_name
		options.clear();
		options.setLong(0, options.size());
		options.setByte(24, (byte) (atReturn ? 1 : 0));
		options.setPointer(32, name);
		keep(bpf.bpf_program__attach_uprobe_opts(program(program), -1, file.toString(), new NativeLong(0), options),
				program + " to " + function, probes);
	}

	private static void keep(Pointer link, String program, List<Pointer> among) throws Refusal {
		if (link == null) {
			throw new Refusal("attaching " + program, Native.getLastError(), "");
		}
		among.add(link);
	}

	/** Runs an iterator program over this thread's network namespace. */
	void iterate(String program) throws Refusal {
		Pointer link = bpf.bpf_program__attach_iter(program(program), null);
		if (link == null) {
			throw new Refusal("attaching " + program, Native.getLastError(), "");
		}
		try {
			int iterator = bpf.bpf_iter_create(bpf.bpf_link__fd(link));
			check(iterator, "starting " + program);
			Memory nothing = new Memory(64);
			while (LibC.C.read(iterator, nothing, new NativeLong(nothing.size())).longValue() > 0) {
				// the program writes nothing; reading is what makes it run
			}
			LibC.C.close(iterator);
		} finally {
			bpf.bpf_link__destroy(link);
		}
	}

	/** Runs a program of section "syscall" once, in this process. */
	void run(String program) throws Refusal {
		Memory options = new Memory(80); // struct bpf_test_run_opts
		options.clear();
		options.setLong(0, options.size());
		check(bpf.bpf_prog_test_run_opts(fd(program), options), "running " + program);
	}

	/** Takes every program off its hook in the kernel; those in user code stay until {@link #close}. */
	void detach() {
		detach(links);
	}

	private void detach(List<Pointer> all) {
		for (Pointer link : all) {
			bpf.bpf_link__destroy(link);
		}
		all.clear();
	}

	@Override
	public void close() {
		detach(links);
		detach(probes);
		bpf.bpf_object__close(object);
		bytes.close();
		log.close();
	}
}
