package io.crosstrace.agent.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.crosstrace.core.protocol.Processes;
import io.crosstrace.core.span.Dictionary;

/**
 * The service a process is of, and its container. Both belong to the process, never to a port: a proxy of a container's
 * port has the same. One thread. A known process costs one map lookup; a new one, and each process
 * every ten seconds, a few reads of /proc. A process that is gone keeps the name it had.
 */
public final class ServiceNames implements Processes {
	private static final long FRESH_NANOS = 10_000_000_000L;
	private static final long GONE_NANOS = 300_000_000_000L;

	private record Known(int name, Container container, long readNanos) {
	}

	private record Rule(Pattern commandLine, int name) {
	}

	private final Dictionary names;
	private final Path proc;
	/** Also written by whoever calls {@link #name}. */
	private final Map<Integer, Integer> byPid = new ConcurrentHashMap<>();
	private final List<Rule> rules = new ArrayList<>();
	private final Map<Integer, Known> known = new HashMap<>();

	/**
	 * @param overrides PID=NAME, or REGEX=NAME where the expression is found in the command line; the first wins
	 * @throws IllegalArgumentException if one is neither; the message can be shown
	 */
	public ServiceNames(Dictionary names, List<String> overrides) {
		this(names, overrides, Path.of("/proc"));
	}

	ServiceNames(Dictionary names, List<String> overrides, Path proc) {
		this.names = names;
		this.proc = proc;
		for (String override : overrides) {
			int equals = override.lastIndexOf('=');
			if (equals < 1 || equals == override.length() - 1) {
				throw new IllegalArgumentException("--service wants PID=NAME or REGEX=NAME, not '" + override + "'.");
			}
			String which = override.substring(0, equals);
			int name = names.id(override.substring(equals + 1));
			if (which.matches("\\d{1,9}")) {
				byPid.put(Integer.parseInt(which), name);
			} else {
				try {
					rules.add(new Rule(Pattern.compile(which), name));
				} catch (PatternSyntaxException e) {
					throw new IllegalArgumentException("--service " + override + ": " + e.getDescription() + ".", e);
				}
			}
		}
	}

	/** Calls a process's service so from now on. Any thread. */
	public void name(int pid, String service) {
		byPid.put(pid, names.id(service));
	}

	@Override
	public int service(int pid) {
		Integer named = byPid.isEmpty() ? null : byPid.get(pid);
		return named != null ? named : known(pid).name;
	}

	@Override
	public Container container(int pid) {
		return known(pid).container;
	}

	private Known known(int pid) {
		long now = System.nanoTime();
		Known entry = known.get(pid);
		if (entry == null || now - entry.readNanos > FRESH_NANOS) {
			entry = read(pid, entry, now);
			known.put(pid, entry);
		}
		return entry;
	}

	private Known read(int pid, Known before, long now) {
		int name = read(pid);
		if (name == 0 && before != null) {
			return new Known(before.name, before.container, now);
		}
		List<String> groups = list(pid, "cgroup");
		boolean hidden = groups.stream().allMatch(line -> line.endsWith(":/"));
		Container container = Containers.of(groups, hidden ? list(pid, "mountinfo") : List.of());
		return new Known(name != 0 ? name : names.id("pid " + pid), container, now);
	}

	/** Forgets processes not asked for in five minutes. Call now and then. */
	public void forget(long nowNanos) {
		known.values().removeIf(entry -> nowNanos - entry.readNanos > GONE_NANOS);
	}

	/** 0 if the process is gone or not ours to read. */
	private int read(int pid) {
		List<String> command = list(pid, "cmdline");
		String line = String.join(" ", command);
		for (Rule rule : rules) {
			if (rule.commandLine.matcher(line).find()) {
				return rule.name;
			}
		}
		String name = name(command, list(pid, "environ"), first(list(pid, "comm")));
		return name.isEmpty() ? 0 : names.id(name);
	}

	/** Entries of a file of /proc that ends each with a zero byte; empty if it cannot be read. */
	private List<String> list(int pid, String file) {
		try {
			String text = Files.readString(proc.resolve(Integer.toString(pid)).resolve(file),
					java.nio.charset.StandardCharsets.ISO_8859_1);
			return List.of(text.strip().split("[\0\n]+"));
		} catch (IOException goneOrForbidden) {
			return List.of();
		}
	}

	private static String first(List<String> list) {
		return list.isEmpty() ? "" : list.get(0);
	}

	/**
	 * What a person would call a process: what it says of itself (OpenTelemetry's or Spring's name), else its
	 * jar, main class or script, else its program. Empty if nothing is known.
	 */
	static String name(List<String> command, List<String> environment, String comm) {
		for (String variable : environment) {
			if (variable.startsWith("OTEL_SERVICE_NAME=") || variable.startsWith("SPRING_APPLICATION_NAME=")) {
				return variable.substring(variable.indexOf('=') + 1);
			}
			if (variable.startsWith("OTEL_RESOURCE_ATTRIBUTES=")) {
				for (String attribute : variable.substring(variable.indexOf('=') + 1).split(",")) {
					if (attribute.startsWith("service.name=")) {
						return attribute.substring(attribute.indexOf('=') + 1);
					}
				}
			}
		}
		for (String argument : command) {
			for (String key : new String[] { "-Dotel.service.name=", "-Dspring.application.name=",
					"--spring.application.name=" }) {
				if (argument.startsWith(key) && argument.length() > key.length()) {
					return argument.substring(key.length());
				}
			}
		}
		if (command.isEmpty() || command.get(0).isEmpty()) {
			return comm;
		}
		String program = fileName(command.get(0));
		String found = program.equals("java") || program.equals("javaw") ? java(command)
				: program.matches("python[\\d.]*|node|ruby|perl|php|bash|sh") ? script(command) : "";
		return !found.isEmpty() ? found : program.isEmpty() ? comm : program.split("[: ]")[0];
	}

	/** The jar without its version, or the main class without its package. */
	private static String java(List<String> command) {
		for (int i = 1; i < command.size(); i++) {
			String argument = command.get(i);
			if (argument.equals("-jar") && i + 1 < command.size()) {
				return fileName(command.get(i + 1)).replaceFirst("\\.(jar|war)$", "")
						.replaceFirst("-(\\d+(\\.\\w+)*)(-SNAPSHOT|[.-]\\w+)*$", "");
			}
			if (List.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-opens", "--add-exports",
					"--add-reads", "--add-modules", "--upgrade-module-path", "--limit-modules", "--source")
					.contains(argument)) {
				i++;
			} else if (List.of("-m", "--module").contains(argument) && i + 1 < command.size()) {
				String module = command.get(i + 1);
				return module.substring(Math.max(module.lastIndexOf('.'), module.lastIndexOf('/')) + 1);
			} else if (!argument.startsWith("-") && !argument.startsWith("@")) {
				return argument.endsWith(".java") ? fileName(argument).replaceFirst("\\.java$", "")
						: argument.substring(argument.lastIndexOf('.') + 1);
			}
		}
		return "";
	}

	private static String script(List<String> command) {
		for (int i = 1; i < command.size(); i++) {
			if (command.get(i).equals("-m") && i + 1 < command.size()) {
				return command.get(i + 1);
			}
			if (!command.get(i).startsWith("-")) {
				return fileName(command.get(i)).replaceFirst("\\.\\w+$", "");
			}
		}
		return "";
	}

	private static String fileName(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}
}
