package io.crosstrace.ui.services;

import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.timeline.Durations;
import java.util.Locale;

/** The graph's numbers in words, for the picture, its tooltips and screen readers. Pure. */
final class GraphTexts {
	private GraphTexts() {
	}

	/** Such as "12.3": three digits where there are that many. */
	static String rate(double perSecond) {
		int decimals = perSecond >= 100 ? 0 : perSecond >= 10 ? 1 : 2;
		return String.format(Locale.ROOT, "%." + decimals + "f", perSecond);
	}

	/** Such as "0.4"; never 0 where there was one, nor 100 where one went well. */
	static String percent(ServiceGraph.Numbers numbers) {
		double percent = 100 * numbers.errorRate();
		if (percent == 0 || percent == 100) {
			return percent == 0 ? "0" : "100";
		}
		return percent < 0.1 ? "< 0.1" : String.format(Locale.ROOT, percent < 10 ? "%.1f" : "%.0f",
				Math.min(99, percent));
	}

	/** Three lines about a service or a call. */
	static String tip(String title, ServiceGraph graph, ServiceGraph.Numbers numbers) {
		return title + "\n" + Messages.bind(Messages.numbersTip, new Object[] { numbers.count(),
				rate(graph.rate(numbers)), Durations.text(numbers.p50Nanos()), Durations.text(numbers.p95Nanos()),
				numbers.errors(), percent(numbers) });
	}

	/** What a node is, in full. */
	static String node(ServiceGraph graph, ServiceGraph.Node node) {
		if (!node.watched()) {
			return node.name() + "\n" + Messages.unwatchedTip;
		}
		return node.numbers().count() == 0 ? node.name() + "\n" + Messages.noRequests
				: tip(node.name(), graph, node.numbers()) + "\n" + Messages.nodeTip;
	}

	/** What a call is, in full. */
	static String call(ServiceGraph graph, ServiceGraph.Call call) {
		ServiceGraph.Numbers numbers = call.numbers();
		return call.messages() ? ends(graph, call) + "\n" + Messages.bind(Messages.messagesTip, new Object[] {
				numbers.count(), rate(graph.rate(numbers)), Durations.text(numbers.p50Nanos()),
				Durations.text(numbers.p95Nanos()) }) : tip(ends(graph, call), graph, numbers);
	}

	/** Who calls whom, or sends messages to whom. */
	static String ends(ServiceGraph graph, ServiceGraph.Call call) {
		String ends = graph.nodes().get(call.from()).name() + " → " + graph.nodes().get(call.to()).name();
		return call.messages() ? Messages.bind(Messages.byMessages, ends) : ends;
	}
}
