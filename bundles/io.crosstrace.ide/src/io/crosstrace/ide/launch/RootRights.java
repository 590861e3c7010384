package io.crosstrace.ide.launch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How this user becomes root for one command: as root already, by a sudo that asks nothing, by a sudo whose password
 * the program in {@code SUDO_ASKPASS} asks for, or by pkexec, which opens a window. Asked each time: sudo may have
 * forgotten the password meanwhile. Waits for commands: not for the UI thread.
 *
 * @param user the user's name
 * @param environment the variables that tell of windows and of {@code SUDO_ASKPASS}
 * @param before put before each command, such as to run it as somebody else; empty but in tests
 */
public record RootRights(String user, Map<String, String> environment, List<String> before) {
	/** This process' own. */
	public static RootRights here() {
		return new RootRights(System.getProperty("user.name"), System.getenv(), List.of());
	}

	/** What stands before a command so that it runs as root; null if there is no way. */
	List<String> prefix() throws InterruptedException {
		if (user.equals("root")) {
			return before;
		}
		if (works("sudo", "-n", "true")) {
			return with("sudo", "-n");
		}
		if (environment.containsKey("SUDO_ASKPASS") && works("sudo", "--version")) {
			return with("sudo", "-A");
		}
		boolean window = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
		return window && works("pkexec", "--version") ? with("pkexec") : null;
	}

	private List<String> with(String... command) {
		List<String> all = new ArrayList<>(before);
		all.addAll(List.of(command));
		return all;
	}

	private boolean works(String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(with(command)).redirectErrorStream(true)
					.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
			return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
		} catch (IOException e) {
			return false; // not installed
		}
	}
}
