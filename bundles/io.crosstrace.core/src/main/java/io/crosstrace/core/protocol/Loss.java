package io.crosstrace.core.protocol;

/** What can be lost between captured bytes and spans, in words a user can read. */
public enum Loss {
	HOLE_BYTES("bytes missing in the middle of a connection"),
	LATE_RECORDS("records that came twice or too late"),
	BAD_RECORDS("records that make no sense"),
	LOST_SYNC("times the messages of a connection could no longer be followed"),
	LONG_HEADS("message heads longer than 64 KB"),
	CUT_HEADS("message heads that were not captured whole"),
	ANSWERS_WITHOUT_REQUEST("answers whose request was not seen"),
	REQUESTS_WITHOUT_ANSWER("requests whose answer was not seen because bytes are missing"),
	OPEN_REQUESTS("requests beyond the limit of open requests on one connection"),
	BUFFERS_FULL("bytes dropped because too many message heads were incomplete at once"),
	CONNECTIONS("records of connections beyond the limit"),
	UNKNOWN_BYTES("bytes of connections whose protocol is not known"),
	ENCRYPTED_BYTES("bytes of encrypted connections"),
	SWITCHED_BYTES("bytes after a switch to another protocol, such as WebSocket or a tunnel"),
	ATTRIBUTES("attributes beyond the limit of one span"),
	LINKS("links beyond the limit of one span"),
	GIVEN_UP("times a connection did not speak the protocol it was taken for");

	/** Plain words, after a number: "17 message heads longer than 64 KB". */
	public final String words;

	Loss(String words) {
		this.words = words;
	}

	/** Takes losses as they happen. */
	@FunctionalInterface
	public interface Listener {
		void lost(Loss what, long count);
	}
}
