package io.crosstrace.ide.tests.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.debug.Pause;
import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.debug.ServedRequest;
import io.crosstrace.ide.debug.SlowBreakpoints;
import io.crosstrace.ide.debug.SlowBreakpoints.Stop;
import io.crosstrace.ide.source.EndpointIndex;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.core.resources.IFile;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.debug.core.IJavaStackFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program is launched under the debugger, and told on its input how long to take. */
@Timeout(120)
class SlowBreakpointsTest {
	private static final String SOURCE = """
			package shop;

			public class Orders {
				public static void main(String[] args) throws Exception {
					for (int c; (c = System.in.read()) >= 0;) {
						if (c == '\\n') {
							continue;
						}
						try {
							new Orders().get((char) c, new int[] { 1 });
						} catch (RuntimeException e) {
							System.out.println("caught outside");
						}
						System.out.println("answered " + (char) c);
					}
				}

				@org.springframework.web.bind.annotation.GetMapping("/orders/{id}")
				public Object get(char how, int[] more) throws InterruptedException {
					if (how == 's') {
						Thread.sleep(1500);
					} else if (how == 'i') {
						try {
							throw new IllegalStateException("inside");
						} catch (IllegalStateException e) {
							return "caught inside";
						}
					} else if (how == 'x') {
						deeper();
					} else if (how == 'd') {
						return new Response(Status.DOWN);
					} else if (how == 'n') {
						return new Response(Status.NOT_THERE);
					}
					return "done";
				}

				private void deeper() {
					throw new IllegalArgumentException("out");
				}

				record Response(Status status) { }

				enum Status {
					NOT_THERE(404), DOWN(503);
					final int code;
					Status(int code) { this.code = code; }
				}
			}
			""";
	private static final String ANNOTATION = """
			package org.springframework.web.bind.annotation;
			@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
			public @interface GetMapping { String[] value() default {}; }
			""";

	private final BlockingQueue<Stop> stops = new ArrayBlockingQueue<>(10);
	private final Consumer<Stop> listener = stops::add;
	private Program program;
	private IMethod get;

	@BeforeEach
	void makeProject() throws Exception {
		SlowBreakpoints.addListener(listener);
		Pauses.shared();
		program = new Program("debugged");
		IFile file = program.source("shop/Orders.java", SOURCE);
		program.source("org/springframework/web/bind/annotation/GetMapping.java", ANNOTATION);
		program.build();
		get = ((ICompilationUnit) JavaCore.create(file)).getType("Orders").getMethod("get", new String[] { "C", "[I" });
		assertTrue(get.exists());
	}

	@AfterEach
	void end() throws Exception {
		SlowBreakpoints.removeListener(listener);
		DebugPlugin.getDefault().getBreakpointManager()
				.removeBreakpoints(DebugPlugin.getDefault().getBreakpointManager().getBreakpoints(), true);
		program.close();
	}

	@Test
	void slowCall_isStoppedWhereItIsSlow_andAQuickOneIsNot() throws Exception {
		SlowBreakpoints.create(get, 300, false);
		start();
		program.say("q");
		program.said("answered q");
		program.say("s");
		Stop stop = stops.poll(30, TimeUnit.SECONDS);
		assertNotNull(stop, "the slow call was not stopped");
		assertEquals("Orders.get has been running for 300 ms.", stop.reason());
		assertTrue(stop.thread().isSuspended());
		assertEquals("sleep", ((IJavaStackFrame) stop.thread().getTopStackFrame()).getMethodName().replace("sleep0", "sleep")
				.replace("sleepNanos0", "sleep").replace("sleepNanos", "sleep"));
		try (EndpointIndex index = new EndpointIndex()) {
			assertEquals("GET /orders/{id}", ServedRequest.of(stop.thread(), index.await(30_000)).orElseThrow().route());
		}
		assertEquals(1, Pauses.shared().all().stream().filter(pause -> pause.endNanos() == Long.MAX_VALUE).count());
		Thread.sleep(200);
		stop.thread().resume();
		program.said("answered s");
		assertNull(stops.poll(), "one stop a call");
		Pause pause = Pauses.shared().all().get(Pauses.shared().all().size() - 1);
		assertEquals("main", pause.thread());
		assertTrue(pause.pid() > 0 && pause.endNanos() - pause.startNanos() > 150_000_000, pause.toString());
	}

	@Test
	void failingCall_isStoppedWhereTheExceptionIsThrown_unlessItIsCaughtInside() throws Exception {
		SlowBreakpoints.create(get, 0, true);
		start();
		program.say("i");
		program.said("answered i");
		assertTrue(stops.isEmpty(), "caught inside");
		program.say("x");
		Stop stop = stops.poll(30, TimeUnit.SECONDS);
		assertNotNull(stop, "the failing call was not stopped");
		assertEquals("Orders.get fails: IllegalArgumentException leaves it.", stop.reason());
		assertEquals("deeper", ((IJavaStackFrame) stop.thread().getTopStackFrame()).getMethodName());
		stop.thread().resume();
		program.said("answered x");
		assertFalse(stop.thread().isSuspended());
	}

	@Test
	void callThatAnswersWithAFailingStatus_isStoppedAtItsReturn() throws Exception {
		SlowBreakpoints.create(get, 0, true);
		start();
		program.say("n");
		program.said("answered n");
		assertTrue(stops.isEmpty(), "404 is the caller's fault");
		program.say("d");
		Stop stop = stops.poll(30, TimeUnit.SECONDS);
		assertNotNull(stop, "the failing call was not stopped");
		assertEquals("Orders.get fails: it answers 503.", stop.reason());
		assertEquals("get", ((IJavaStackFrame) stop.thread().getTopStackFrame()).getMethodName());
		stop.thread().resume();
		program.said("answered d");
		program.say("q");
		program.said("answered q");
		assertTrue(stops.isEmpty(), "one stop a call");
	}

	@Test
	void breakpoint_saysWhatItWaitsFor() throws Exception {
		assertEquals("slower than 250 ms or failing", SlowBreakpoints.describe(SlowBreakpoints.create(get, 250, true)));
	}

	private void start() throws Exception {
		program.launch("orders", "shop.Orders", ILaunchManager.DEBUG_MODE, Map.of());
		program.say("0"); // the class is loaded, and its breakpoint installed, before the test begins
		program.said("answered 0");
	}
}
