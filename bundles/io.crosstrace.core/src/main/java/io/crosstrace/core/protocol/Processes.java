package io.crosstrace.core.protocol;

/** What is known of the processes that make spans. Asked on the pipeline's thread, once a request; never fails. */
@FunctionalInterface
public interface Processes {
	/**
	 * Where a process lives.
	 *
	 * @param id of the container; "" if it is in none that has one
	 * @param pod the id of the Kubernetes pod; "" if it is in none
	 */
	record Container(String id, String pod) {
		public static final Container NONE = new Container("", "");
	}

	/** The name id of its service. */
	int service(int pid);

	/** The container it lives in, or {@link Container#NONE}. */
	default Container container(int pid) {
		return Container.NONE;
	}
}
