package io.crosstrace.agent;

import io.crosstrace.agent.check.CheckCommand;
import io.crosstrace.agent.correlate.CorrelateCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The agent's command line. Exit codes: 0 done, 1 the world did not allow it, 2 the call's words are wrong. */
@Command(name = "crosstrace agent", mixinStandardHelpOptions = true, version = Main.VERSION, description = "Sees what "
		+ "the services of this host send and receive, and tells Eclipse.",
		subcommands = { RunCommand.class, CheckCommand.class, CorrelateCommand.class })
public final class Main implements Runnable {
	static final String VERSION = "0.1.0";

	@Spec
	private CommandSpec spec;

	public static void main(String[] arguments) {
		System.exit(commandLine().execute(arguments));
	}

	/** Options not given are looked for in the environment: --state-dir as CROSSTRACE_STATE_DIR. */
	static CommandLine commandLine() {
		CommandLine line = new CommandLine(new Main());
		line.setDefaultValueProvider(argument -> {
			if (!argument.isOption() || ((OptionSpec) argument).usageHelp() || ((OptionSpec) argument).versionHelp()) {
				return null;
			}
			String name = ((OptionSpec) argument).longestName().replaceFirst("^-+", "");
			return System.getenv("CROSSTRACE_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
		});
		return line;
	}

	@Override
	public void run() {
		spec.commandLine().usage(System.out);
	}
}
