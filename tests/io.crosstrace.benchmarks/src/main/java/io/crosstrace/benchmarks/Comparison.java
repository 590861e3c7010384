package io.crosstrace.benchmarks;

import io.crosstrace.agent.bpf.CaptureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The same load without the agent, with the service watched, and with both ends watched, in turns, so that a
 * slow minute of the machine hurts all alike. Overheads are medians over rounds of the ratio to the bare run
 * of the same round.
 */
final class Comparison {
	enum Variant {
		BARE, SERVICE, BOTH
	}

	/**
	 * What one unit of work cost.
	 *
	 * @param service microseconds of CPU time in the service
	 * @param client and in its client
	 * @param agent and in the thread that drains the ring
	 * @param p99 99 of 100 were answered within so many microseconds; 0: not known
	 * @param rate units a second
	 */
	record Cost(double service, double client, double agent, double p99, double rate) {
	}

	/** Runs the load once. */
	interface Load {
		/** @param drain null: nobody watches */
		Cost run(Variant variant, Drain drain) throws Exception;
	}

	private final Map<Variant, List<Cost>> costs = new EnumMap<>(Variant.class);
	private final int rounds;
	private long lost;

	/** @param service the service's process, which lives on from round to round */
	Comparison(int rounds, Process service, Load load) throws Exception {
		this.rounds = rounds;
		load.run(Variant.BARE, null); // warms up
		for (Variant variant : Variant.values()) {
			costs.put(variant, new ArrayList<>());
		}
		for (int round = 0; round < rounds; round++) {
			for (Variant variant : Variant.values()) {
				costs.get(variant).add(once(variant, service, load));
			}
		}
	}

	private Cost once(Variant variant, Process service, Load load) throws Exception {
		if (variant == Variant.BARE) {
			return load.run(variant, null);
		}
		try (Drain drain = drain(service)) {
			Cost cost = load.run(variant, drain);
			lost += drain.lost();
			return cost;
		}
	}

	private static Drain drain(Process service) throws CaptureException {
		return new Drain(Set.of((int) service.pid()));
	}

	/**
	 * Reports what all variants have in common.
	 *
	 * @param unit of work, such as "request"
	 * @param how it was measured
	 */
	void report(Bench.Report report, String unit, String how) {
		String rest = "; " + how + ", medians of " + rounds + " interleaved rounds";
		report.figure(median(Variant.BARE, Cost::service), "us CPU/" + unit, "service, without the agent" + rest);
		report.figure(more(Variant.SERVICE, Cost::service), "%", "more CPU in the service when it is watched" + rest);
		report.figure(median(Variant.BARE, c -> c.service + c.client), "us CPU/" + unit,
				"service and client, without the agent" + rest);
		report.figure(more(Variant.BOTH, c -> c.service + c.client), "%",
				"more CPU in service and client when both are watched" + rest);
		report.figure(median(Variant.BOTH, Cost::agent), "us CPU/" + unit, "draining the ring and parsing when both are watched" + rest);
		if (median(Variant.BARE, Cost::p99) > 0) {
			report.figure(median(Variant.BARE, Cost::p99), "us", "99 of 100 within, without the agent" + rest);
			report.figure(more(Variant.SERVICE, Cost::p99), "%", "more at that quantile when the service is watched" + rest);
		}
		report.figure(more(Variant.BOTH, Cost::rate), "%", "more " + unit + "s/s when both are watched" + rest);
		report.figure(lost, "records", "lost in all rounds together");
	}

	private double median(Variant variant, ToDoubleFunction<Cost> of) {
		return middle(costs.get(variant).stream().mapToDouble(of).toArray());
	}

	/** Percent over the bare run of the same round. */
	private double more(Variant variant, ToDoubleFunction<Cost> of) {
		double[] ratios = new double[rounds];
		for (int i = 0; i < rounds; i++) {
			ratios[i] = 100 * (of.applyAsDouble(costs.get(variant).get(i)) / of.applyAsDouble(costs.get(Variant.BARE).get(i)) - 1);
		}
		return middle(ratios);
	}

	private static double middle(double[] values) {
		Arrays.sort(values);
		return values[values.length / 2];
	}
}
