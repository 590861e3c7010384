package io.crosstrace.agent.check;

import io.crosstrace.agent.bpf.KernelCheck;
import io.crosstrace.agent.bpf.KernelCheck.Row;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what this kernel and these rights allow, and why not. Ends with 0 if the agent can capture, else 1. */
@Command(name = "check", mixinStandardHelpOptions = true,
		description = "Tells what this kernel and these rights allow, why not, and what to do about it.")
public final class CheckCommand implements Callable<Integer> {
	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() {
		PrintWriter out = spec.commandLine().getOut();
		List<Row> rows = KernelCheck.run();
		for (Row row : rows) {
			out.println((row.works() ? "yes  " : "no   ") + row.feature() + (row.needed() ? "" : ", not needed"));
			if (!row.works()) {
				out.println("       because: " + row.reason());
				if (!row.advice().isEmpty()) {
					out.println("       so: " + row.advice());
				}
			}
		}
		boolean able = KernelCheck.canCapture(rows);
		boolean all = rows.stream().allMatch(row -> row.works() || !row.needed());
		out.println();
		out.println(!able ? "The agent cannot capture here."
				: all ? "The agent can capture everything it knows of here." : "The agent can capture here, with the limits above.");
		out.flush();
		return able ? 0 : 1;
	}
}
