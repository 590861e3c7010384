package io.crosstrace.ide.debug;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.debug.core.DebugEvent;
import org.eclipse.debug.core.DebugException;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.IDebugEventSetListener;
import org.eclipse.debug.core.model.IDebugTarget;
import org.eclipse.debug.core.model.IProcess;
import org.eclipse.debug.core.model.IThread;

/**
 * Keeps when threads of programs that were launched here stood still in the debugger. Time in which the debugger
 * evaluates something belongs to the pause. A few milliseconds exact: events reach us that late. Any thread.
 */
public final class Pauses implements IDebugEventSetListener, AutoCloseable {
	/** Older ones than the last so many are forgotten: their traces most likely are, too. */
	private static final int MOST = 2_000;
	private static Pauses shared;

	private final List<Pause> ended = new ArrayList<>();
	private final Map<Object, Pause> open = new HashMap<>();
	private volatile List<Pause> all = List.of();

	Pauses() {
	}

	/** The pauses of this IDE; the first caller begins to listen. */
	public static synchronized Pauses shared() {
		if (shared == null) {
			shared = new Pauses();
			DebugPlugin.getDefault().addDebugEventListener(shared);
		}
		return shared;
	}

	/** All pauses, in no useful order. */
	public List<Pause> all() {
		return all;
	}

	@Override
	public void close() {
		DebugPlugin.getDefault().removeDebugEventListener(this);
	}

	@Override
	public void handleDebugEvents(DebugEvent[] events) {
		long now = nowNanos();
		for (DebugEvent event : events) {
			Object source = event.getSource();
			boolean stands = source instanceof IThread || source instanceof IDebugTarget;
			if (!stands || event.isEvaluation()) {
				continue;
			}
			switch (event.getKind()) {
				case DebugEvent.SUSPEND -> begin(source, now);
				case DebugEvent.RESUME -> end(source, now);
				case DebugEvent.TERMINATE -> terminate(source, now);
				default -> { // a change of state that stops nothing
				}
			}
		}
	}

	private synchronized void begin(Object source, long now) {
		IDebugTarget target = source instanceof IThread thread ? thread.getDebugTarget() : (IDebugTarget) source;
		int pid = pid(target);
		if (pid == 0 || open.containsKey(source)) {
			return;
		}
		String name = source instanceof IThread thread ? name(thread) : "";
		int tid = source instanceof IThread ? tid(Path.of("/proc/" + pid + "/task"), name) : Pause.ALL;
		open.put(source, new Pause(pid, tid, name, now, Long.MAX_VALUE));
		publish();
	}

	private synchronized void end(Object source, long now) {
		Pause pause = open.remove(source);
		if (pause != null) {
			ended.add(pause.until(now));
			if (ended.size() > MOST) {
				ended.remove(0);
			}
			publish();
		}
	}

	private synchronized void terminate(Object source, long now) {
		for (Object each : List.copyOf(open.keySet())) {
			if (each == source || each instanceof IThread thread && thread.getDebugTarget() == source) {
				end(each, now);
			}
		}
	}

	private void publish() {
		List<Pause> now = new ArrayList<>(ended);
		now.addAll(open.values());
		all = List.copyOf(now);
	}

	/** 0 for a program that was not launched here. */
	private static int pid(IDebugTarget target) {
		IProcess process = target.getProcess();
		String pid = process == null ? null : process.getAttribute(IProcess.ATTR_PROCESS_ID);
		return pid == null || !pid.matches("\\d{1,9}") ? 0 : Integer.parseInt(pid);
	}

	private static String name(IThread thread) {
		try {
			return thread.getName();
		} catch (DebugException e) {
			return "";
		}
	}

	/**
	 * The thread of this name, by the 15 characters that Linux keeps: the first ones, or, as newer virtual machines
	 * write it, the first seven, two dots and the last six.
	 */
	static int tid(Path tasks, String name) {
		String first = name.substring(0, Math.min(15, name.length()));
		String middle = name.length() > 15 ? name.substring(0, 7) + ".." + name.substring(name.length() - 6) : first;
		int found = Pause.UNKNOWN;
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
			for (Path thread : threads) {
				String comm = Files.readString(thread.resolve("comm")).strip();
				if (comm.equals(first) || comm.equals(middle)) {
					if (found != Pause.UNKNOWN) {
						return Pause.UNKNOWN;
					}
					found = Integer.parseInt(thread.getFileName().toString());
				}
			}
		} catch (IOException | NumberFormatException e) {
			return Pause.UNKNOWN; // not Linux, or gone meanwhile
		}
		return found;
	}

	private static long nowNanos() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000_000L + now.getNano();
	}
}
