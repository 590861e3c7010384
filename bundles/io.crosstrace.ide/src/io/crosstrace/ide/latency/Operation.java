package io.crosstrace.ide.latency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.crosstrace.core.span.SpanTable;

/**
 * A service's operation, such as "GET /orders/{id}" as the service served it; an empty name means all of them.
 *
 * @param service name of the service, never empty
 * @param name name of the operation, or empty
 */
public record Operation(String service, String name) {
	/** Whether a row is a request to this operation that got an end. */
	public boolean has(SpanTable spans, int row) {
		return test(spans).has(row);
	}

	/** A test of many rows of a table. */
	interface Test {
		boolean has(int row);
	}

	Test test(SpanTable spans) {
		int serviceId = spans.names.id(service);
		int nameId = spans.names.id(name);
		return row -> spans.service.get(row) == serviceId && spans.isRequest(row) && spans.endNanos.get(row) != 0
				&& (nameId == 0 || spans.operation.get(row) == nameId);
	}

	/** Every service that served something, each as a whole first, then its operations, busiest first. Linear. */
	public static List<Operation> in(SpanTable spans) {
		Map<Integer, Map<Integer, int[]>> counts = new HashMap<>();
		for (int row = 0; row < spans.size(); row++) {
			if (spans.isRequest(row)) {
				counts.computeIfAbsent(spans.service.get(row), x -> new HashMap<>())
						.computeIfAbsent(spans.operation.get(row), x -> new int[1])[0]++;
			}
		}
		List<Operation> operations = new ArrayList<>();
		counts.entrySet().stream()
				.sorted((a, b) -> spans.names.text(a.getKey()).compareTo(spans.names.text(b.getKey())))
				.forEach(service -> {
					String name = spans.names.text(service.getKey());
					operations.add(new Operation(name, ""));
					service.getValue().entrySet().stream()
							.sorted((a, b) -> b.getValue()[0] - a.getValue()[0])
							.forEach(each -> operations.add(new Operation(name, spans.names.text(each.getKey()))));
				});
		return operations;
	}
}
