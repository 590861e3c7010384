package io.crosstrace.ide.remote;

/** Why a host could not be reached or used: one or two sentences for a person, with what to do next. */
public final class RemoteException extends Exception {
	private static final long serialVersionUID = 1;

	public RemoteException(String sentence) {
		super(sentence);
	}

	public RemoteException(String sentence, Throwable cause) {
		super(sentence, cause);
	}
}
