package io.crosstrace.shop.score;

import io.crosstrace.shop.score.Tally.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The command: how right are the parents in a file of spans. */
public final class Score {
	private static final String USAGE = """
			usage: java -jar shop-score.jar FILE [OPTION ...]

			FILE has the agent's spans of the shop as JSON lines (--spans-out); it may end with .gz, and - is the input.

			  --min-cross P  end with 1 unless P % of the edges across services are right
			  --min-intra P  end with 1 unless P % of the edges inside services are right
			  --ledger DIR   what the services wrote down about calls whose bytes hold no id
			  --min-written P  end with 1 unless P % of those calls have a span, and as few spans are no such call
			  --wrong N      show N of the wrong edges, each as REQUEST.STEP.STEP of the span and of its parent
			  --truth OUT    write the spans again with the true trace and parent, as "crosstrace correlate --score" reads them

			Prints one JSON line, then the same for people. Ends with 1, too, if there is nothing to judge.
			""";

	private String file = "";
	private double minCross;
	private double minIntra;
	private int wrong;
	private Path truth;
	private Path ledger;
	private double minWritten;

	private Score() {
	}

	public static void main(String[] args) {
		System.exit(run(System.out, System.err, args));
	}

	/** @return the exit code: 0, 1 for a bad score, 2 for a bad question or a file that cannot be read */
	public static int run(PrintStream out, PrintStream err, String... args) {
		Score score = new Score();
		try {
			if (args.length == 1 && args[0].equals("--help")) {
				out.print(USAGE);
				return 0;
			}
			score.options(args);
			return score.judge(out, err);
		} catch (IllegalArgumentException e) {
			err.println("score: " + e.getMessage() + "\n\n" + USAGE);
		} catch (IOException e) {
			err.println("score: " + score.file + " cannot be read: " + e);
		}
		return 2;
	}

	private void options(String[] args) {
		for (int i = 0; i < args.length; i++) {
			if (!args[i].startsWith("--") && file.isEmpty()) {
				file = args[i];
				continue;
			}
			if (i + 1 == args.length) {
				throw new IllegalArgumentException("'" + args[i] + "' is no option, or lacks its value");
			}
			if (args[i].equals("--truth")) {
				truth = Path.of(args[++i]);
				continue;
			}
			if (args[i].equals("--ledger")) {
				ledger = Path.of(args[++i]);
				continue;
			}
			double value = number(args[i], args[++i]);
			switch (args[i - 1]) {
				case "--min-cross" -> minCross = value;
				case "--min-intra" -> minIntra = value;
				case "--min-written" -> minWritten = value;
				case "--wrong" -> wrong = (int) value;
				default -> throw new IllegalArgumentException("there is no option " + args[i - 1]);
			}
		}
		if (file.isEmpty()) {
			throw new IllegalArgumentException("which file?");
		}
		if (file.equals("-") && truth != null) {
			throw new IllegalArgumentException("--truth needs a file, since it reads it twice");
		}
	}

	private static double number(String option, String text) {
		try {
			return Double.parseDouble(text);
		} catch (NumberFormatException e) {
			throw new IllegalArgumentException(option + " takes a number, not " + text, e);
		}
	}

	private int judge(PrintStream out, PrintStream err) throws IOException {
		Recorded recorded = new Recorded();
		Ledgers ledgers = Ledgers.read(ledger);
		SpanReader reader = new SpanReader(ledgers);
		try (BufferedReader in = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
			reader.read(in, recorded);
		}
		if (truth != null) {
			try (BufferedReader in = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
				new TruthWriter(recorded, reader).write(in, truth);
			}
		}
		Judgement judgement = new Judgement(recorded, ledgers, wrong);
		Report report = new Report(out, judgement, ledgers);
		int spans = recorded.all().size();
		report.json(spans, reader.badLines(), reader.foreign());
		report.people(spans, reader.badLines(), reader.foreign());
		if (judgement.across().all() + judgement.inside().all() == 0) {
			err.println("score: there is nothing to judge: no span was caused by another one.");
			return 1;
		}
		return enough(err, "across", judgement.across(), minCross) & enough(err, "inside", judgement.inside(), minIntra)
				& written(err, ledgers)
				? 0
				: 1;
	}

	private boolean written(PrintStream err, Ledgers ledgers) {
		long wrong = Math.max(ledgers.missing(), ledgers.invented());
		boolean enough = minWritten == 0 || ledgers.calls() > 0 && 100.0 * wrong / ledgers.calls() <= 100 - minWritten;
		if (!enough) {
			err.printf("score: of %d calls that services wrote down %d have no span, and %d spans are no call; %.3f %% right are asked for.%n",
					ledgers.calls(), ledgers.missing(), ledgers.invented(), minWritten);
		}
		return enough;
	}

	private InputStream open() throws IOException {
		InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
		return file.endsWith(".gz") ? new GZIPInputStream(in) : in;
	}

	private static boolean enough(PrintStream err, String which, Tally tally, double least) {
		boolean enough = least == 0 || tally.percent(Verdict.RIGHT) >= least;
		if (!enough) {
			err.printf("score: %.3f %% of the edges %s services are right, and %.3f %% are asked for.%n",
					tally.percent(Verdict.RIGHT), which, least);
		}
		return enough;
	}
}
