package io.crosstrace.ide.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The one filter of the list of traces, which any view may set: by a click on a service, by a brush over a picture.
 * Any thread may call any method; listeners are called in the thread that made the change.
 */
public final class FilterModel {
	/**
	 * @param query as {@link io.crosstrace.ide.filter.Query} reads it; empty for all
	 * @param range when the traces began
	 */
	public record Filter(String query, TimeRange range) {
		public static final Filter NONE = new Filter("", TimeRange.ALL);
	}

	private final List<Consumer<Filter>> listeners = new CopyOnWriteArrayList<>();
	private volatile Filter filter = Filter.NONE;

	public Filter filter() {
		return filter;
	}

	/** Sets both, and tells the listeners if that changed something. */
	public void set(Filter newFilter) {
		if (!newFilter.equals(filter)) {
			filter = newFilter;
			listeners.forEach(listener -> listener.accept(newFilter));
		}
	}

	public void setQuery(String query) {
		set(new Filter(query, filter.range()));
	}

	public void setRange(TimeRange range) {
		set(new Filter(filter.query(), range));
	}

	public void addListener(Consumer<Filter> listener) {
		listeners.add(listener);
	}

	public void removeListener(Consumer<Filter> listener) {
		listeners.remove(listener);
	}
}
