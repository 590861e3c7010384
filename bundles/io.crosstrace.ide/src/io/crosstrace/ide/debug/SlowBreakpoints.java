package io.crosstrace.ide.debug;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.debug.core.DebugException;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.ISourceRange;
import org.eclipse.jdt.core.dom.Message;
import org.eclipse.jdt.debug.core.IJavaBreakpoint;
import org.eclipse.jdt.debug.core.IJavaBreakpointListener;
import org.eclipse.jdt.debug.core.IJavaDebugTarget;
import org.eclipse.jdt.debug.core.IJavaLineBreakpoint;
import org.eclipse.jdt.debug.core.IJavaMethodEntryBreakpoint;
import org.eclipse.jdt.debug.core.IJavaThread;
import org.eclipse.jdt.debug.core.IJavaType;
import org.eclipse.jdt.debug.core.JDIDebugModel;
import org.eclipse.jdt.internal.debug.core.IJDIEventListener;
import org.eclipse.jdt.internal.debug.core.model.JDIDebugTarget;
import org.eclipse.jdt.internal.debug.core.model.JDIThread;

import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InternalException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.ObjectCollectedException;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.ExceptionEvent;
import com.sun.jdi.event.MethodExitEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.ExceptionRequest;
import com.sun.jdi.request.MethodExitRequest;

import io.crosstrace.ide.CrossTrace;

/**
 * Breakpoints on "this method, when it takes longer than X or fails". They stop the request while it is slow, where it
 * is slow, not afterwards; failing means that an exception leaves the method, or that it returns an answer, or has filled
 * the one it was given, whose HTTP status is 500 or more.
 *
 * <p>Such a breakpoint is an ordinary one at the method's entry, so it is listed, switched off, removed and kept like any
 * other; at its hit nobody is stopped, only the time is taken. When the time is over, the thread's stack is looked at: if
 * the same call is still on it, the thread stays suspended. Entry costs a round trip to the debuggee, under a
 * millisecond on one host; the method itself runs at full speed. Where failing calls are waited for, so does each return
 * from a method of the same class while the call lasts, in its thread only.
 */
public final class SlowBreakpoints implements IJavaBreakpointListener {
	/** The listener's id in plugin.xml. */
	public static final String LISTENER = "io.crosstrace.ide.slowBreakpoints";
	static final String MILLIS = "io.crosstrace.ide.slowMillis";
	static final String FAILING = "io.crosstrace.ide.failing";

	/** The first HTTP status that blames the server. */
	private static final int FIRST_FAILURE = 500;
	private static final long HAND_OVER_NANOS = 5_000_000_000L;

	private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(run -> {
		Thread thread = new Thread(run, "CrossTrace breakpoints");
		thread.setDaemon(true);
		return thread;
	});
	private static final List<Consumer<Stop>> LISTENERS = new CopyOnWriteArrayList<>();

	/** The call that each thread entered last. */
	private final Map<IJavaThread, Entered> entered = new ConcurrentHashMap<>();

	/**
	 * A thread that was stopped.
	 *
	 * @param reason one sentence, such as "Orders.get runs for 500 ms already."
	 */
	public record Stop(IJavaThread thread, String reason) {
	}

	/** A question to the debuggee, and who hears the answers. */
	private record Watched(EventRequest request, IJDIEventListener listener) {
		static Watched begin(JDIThread thread, EventRequest request, IJDIEventListener listener) {
			request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
			((JDIDebugTarget) thread.getDebugTarget()).addJDIEventListener(listener, request);
			request.enable();
			return new Watched(request, listener);
		}

		void end(JDIDebugTarget target) {
			target.removeJDIEventListener(listener, request);
			request.virtualMachine().eventRequestManager().deleteEventRequest(request);
		}
	}

	private record Entered(String type, String method, String signature, int frames, List<Watched> watching) {
		boolean is(Method other) {
			return other.name().equals(method) && other.signature().equals(signature)
					&& other.declaringType().name().equals(type);
		}

		/** How far up its frame is on a suspended thread's stack, or -1 if it has returned. */
		int depth(ThreadReference thread) throws IncompatibleThreadStateException {
			List<StackFrame> frames = thread.frames();
			for (int i = 0; i < frames.size(); i++) {
				if (is(frames.get(i).location().method())) {
					return i;
				}
			}
			return -1;
		}

		String label() {
			return type.substring(type.lastIndexOf('.') + 1) + "." + method;
		}
	}

	/** Hears of each stop, in no particular thread. */
	public static void addListener(Consumer<Stop> listener) {
		LISTENERS.add(listener);
	}

	public static void removeListener(Consumer<Stop> listener) {
		LISTENERS.remove(listener);
	}

	/**
	 * Sets a breakpoint on a method with a body. Parses its file: not for the UI thread.
	 *
	 * @param millis stops a call that has lasted for so long; 0 for no limit
	 * @param failing whether to stop a call that an exception leaves
	 * @throws CoreException with a sentence for a person if the method cannot have one
	 */
	public static IJavaMethodEntryBreakpoint create(IMethod method, long millis, boolean failing) throws CoreException {
		if (millis <= 0 && !failing) {
			throw new IllegalArgumentException("neither slow nor failing: " + millis + " ms");
		}
		String signature = MethodSignatures.of(method);
		if (signature == null) {
			throw new CoreException(CrossTrace.error(method.getDeclaringType().getElementName() + "." + method.getElementName()
					+ " has no body, or its parameters' types are not found: fix the project's build path first.", null));
		}
		Map<String, Object> attributes = new HashMap<>();
		attributes.put(MILLIS, String.valueOf(millis));
		attributes.put(FAILING, failing);
		ISourceRange name = method.getNameRange();
		IJavaMethodEntryBreakpoint breakpoint = JDIDebugModel.createMethodEntryBreakpoint(method.getResource(),
				method.getDeclaringType().getFullyQualifiedName('$'), method.getElementName(), signature, -1,
				name.getOffset(), name.getOffset() + name.getLength(), 0, true, attributes);
		breakpoint.addBreakpointListener(LISTENER);
		return breakpoint;
	}

	/** What a breakpoint of ours waits for, in words; empty if it is another's. */
	public static String describe(IJavaBreakpoint breakpoint) {
		long millis = Long.parseLong(breakpoint.getMarker().getAttribute(MILLIS, "-1"));
		boolean failing = breakpoint.getMarker().getAttribute(FAILING, false);
		return millis < 0 ? "" : millis == 0 ? "failing"
				: "slower than " + millis + " ms" + (failing ? " or failing" : "");
	}

	@Override
	public int breakpointHit(IJavaThread thread, IJavaBreakpoint breakpoint) {
		if (!(thread instanceof JDIThread jdi) || !(breakpoint instanceof IJavaMethodEntryBreakpoint entry)) {
			return DONT_CARE;
		}
		try {
			long millis = Long.parseLong(breakpoint.getMarker().getAttribute(MILLIS, "0"));
			boolean failing = breakpoint.getMarker().getAttribute(FAILING, false);
			forget(thread);
			Entered now = new Entered(entry.getTypeName(), entry.getMethodName(), entry.getMethodSignature(),
					failing ? jdi.getUnderlyingThread().frameCount() : 0,
					failing ? List.of(watchExceptions(jdi), watchReturns(jdi, entry.getTypeName())) : List.of());
			entered.put(thread, now);
			if (millis > 0) {
				CLOCK.schedule(() -> look(jdi, now, millis), millis, TimeUnit.MILLISECONDS);
			}
		} catch (CoreException | VMDisconnectedException | IncompatibleThreadStateException e) {
			CrossTrace.log(CrossTrace.warning("A breakpoint on slow or failing calls could not be armed.", e));
		}
		return DONT_SUSPEND;
	}

	private void forget(IJavaThread thread) {
		Entered before = entered.remove(thread);
		if (before != null) {
			before.watching().forEach(each -> each.end((JDIDebugTarget) thread.getDebugTarget()));
		}
	}

	/** Stops the thread if it is still in the very call: no later one has begun, and the method is on its stack. */
	private void look(JDIThread thread, Entered call, long millis) {
		if (entered.get(thread) != call || thread.isTerminated() || thread.isSuspended()) {
			return;
		}
		ThreadReference underlying = thread.getUnderlyingThread();
		try {
			underlying.suspend();
			try {
				if (entered.get(thread) == call && call.depth(underlying) >= 0) {
					stop(thread, call.label() + " has been running for " + millis + " ms.");
				}
			} finally {
				underlying.resume(); // suspensions are counted: a stopped thread stays stopped
			}
		} catch (IncompatibleThreadStateException | VMDisconnectedException | ObjectCollectedException e) {
			entered.remove(thread); // it ended meanwhile
		} catch (DebugException e) {
			CrossTrace.log(CrossTrace.warning("A slow thread could not be stopped.", e));
		}
	}

	/** Hands a thread that JDI holds already over to the debugger, which takes it in a thread of its own. */
	private static void stop(JDIThread thread, String reason) throws DebugException {
		thread.suspend();
		long end = System.nanoTime() + HAND_OVER_NANOS;
		while (!thread.isSuspended() && !thread.isTerminated() && System.nanoTime() < end) {
			LockSupport.parkNanos(1_000_000);
		}
		Stop stop = new Stop(thread, reason);
		LISTENERS.forEach(listener -> listener.accept(stop));
	}

	private Watched watchExceptions(JDIThread thread) {
		JDIDebugTarget target = (JDIDebugTarget) thread.getDebugTarget();
		ExceptionRequest request = target.getVM().eventRequestManager().createExceptionRequest(null, true, true);
		request.addThreadFilter(thread.getUnderlyingThread());
		return Watched.begin(thread, request, new Thrown(thread));
	}

	private Watched watchReturns(JDIThread thread, String type) {
		JDIDebugTarget target = (JDIDebugTarget) thread.getDebugTarget();
		MethodExitRequest request = target.getVM().eventRequestManager().createMethodExitRequest();
		request.addThreadFilter(thread.getUnderlyingThread());
		request.addClassFilter(type);
		return Watched.begin(thread, request, new Returned(thread));
	}

	/** Lets JDI hold a thread until the debugger has it, and says why. In JDI's thread of events. */
	private static void holdAndStop(JDIThread thread, String reason) {
		ThreadReference underlying = thread.getUnderlyingThread();
		underlying.suspend(); // or it would run on before the debugger has it
		CLOCK.execute(() -> {
			try {
				stop(thread, reason);
			} catch (DebugException e) {
				CrossTrace.log(CrossTrace.warning("A failing thread could not be stopped.", e));
			} finally {
				underlying.resume();
			}
		});
	}

	/** Hears of each return from a method of the class whose method a thread has entered. */
	private final class Returned implements IJDIEventListener {
		private final JDIThread thread;

		Returned(JDIThread thread) {
			this.thread = thread;
		}

		@Override
		public boolean handleEvent(Event event, JDIDebugTarget target, boolean suspendVote, EventSet set) {
			Entered call = entered.get(thread);
			try {
				if (event instanceof MethodExitEvent exit && call != null && call.is(exit.method())
						&& exit.thread().frameCount() == call.frames()) {
					int status = AnswerStatus.of(exit.returnValue(), exit.thread().frame(0).getArgumentValues());
					forget(thread);
					if (status >= FIRST_FAILURE) {
						holdAndStop(thread, call.label() + " fails: it answers " + status + ".");
					}
				}
			} catch (IncompatibleThreadStateException | InternalException | ObjectCollectedException e) {
				forget(thread); // it runs already, or was compiled without what tells arguments
			}
			return true;
		}

		@Override
		public void eventSetComplete(Event event, JDIDebugTarget target, boolean suspend, EventSet set) {
			// decided already
		}
	}

	/** Hears of each exception in a thread that has entered a watched method. */
	private final class Thrown implements IJDIEventListener {
		private final JDIThread thread;

		Thrown(JDIThread thread) {
			this.thread = thread;
		}

		@Override
		public boolean handleEvent(Event event, JDIDebugTarget target, boolean suspendVote, EventSet set) {
			Entered call = entered.get(thread);
			if (event instanceof ExceptionEvent thrown && call != null && leaves(thrown, call)) {
				String type = thrown.exception().referenceType().name();
				holdAndStop(thread, call.label() + " fails: " + type.substring(type.lastIndexOf('.') + 1) + " leaves it.");
			}
			return true;
		}

		@Override
		public void eventSetComplete(Event event, JDIDebugTarget target, boolean suspend, EventSet set) {
			// decided already
		}

		private boolean leaves(ExceptionEvent thrown, Entered call) {
			try {
				int watched = call.depth(thrown.thread());
				Location caught = thrown.catchLocation();
				if (watched < 0 || caught == null) {
					return watched >= 0;
				}
				List<StackFrame> frames = thrown.thread().frames(0, watched + 1);
				return frames.stream().noneMatch(frame -> frame.location().method().equals(caught.method()));
			} catch (IncompatibleThreadStateException e) {
				return false;
			}
		}
	}

	@Override
	public void breakpointRemoved(IJavaDebugTarget target, IJavaBreakpoint breakpoint) {
		entered.keySet().removeIf(thread -> thread.getDebugTarget() == target);
	}

	@Override
	public void addingBreakpoint(IJavaDebugTarget target, IJavaBreakpoint breakpoint) {
		// nothing to prepare
	}

	@Override
	public int installingBreakpoint(IJavaDebugTarget target, IJavaBreakpoint breakpoint, IJavaType type) {
		return DONT_CARE;
	}

	@Override
	public void breakpointInstalled(IJavaDebugTarget target, IJavaBreakpoint breakpoint) {
		// nothing to note
	}

	@Override
	public void breakpointHasRuntimeException(IJavaLineBreakpoint breakpoint, DebugException exception) {
		// it has no condition that could throw
	}

	@Override
	public void breakpointHasCompilationErrors(IJavaLineBreakpoint breakpoint, Message[] errors) {
		// it has no condition to compile
	}
}
