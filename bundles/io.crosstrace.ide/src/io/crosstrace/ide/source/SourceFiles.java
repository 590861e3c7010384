package io.crosstrace.ide.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspaceRoot;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.IPackageFragmentRoot;
import org.eclipse.jdt.core.JavaCore;

/**
 * The facts of the workspace's source files. Only files whose text has a telling word are parsed: searching
 * text is a hundred times cheaper than parsing it, and most classes have nothing to do with routes.
 *
 * <p>One thread at a time. A file that cannot be read gives no facts.
 */
final class SourceFiles {
	/** A file with one of these may declare a route, an application or a program. */
	private static final List<String> DECLARING = List.of("Mapping", "ws.rs", "WebServlet", "Exchange",
			"micronaut.http", "RequestLine", "FeignClient", "vertx.web", "void main(", "Servlet", "ImplBase", "Grpc",
			"Listener", "reactive.messaging", "MessageDriven", "Dubbo", "dubbo", "Iface", "Repository", "@Query", "ibatis",
			"org.springframework.cloud.stream", "java.util.function", "Controller", "ApiDelegate", "armeria", "ServerEndpoint", "ServerWebSocket", "boot.actuate.endpoint");
	/** A file with one of these may route or call from a method's body. */
	private static final List<String> CALLING = List.of("\"/", "://", "createContext", "addExactPath", "javalin", "helidon", "vertx.ext.web", "import static spark", "ws.rs.", ".uri(",
			".path(", "server.RouterFunction", "servlet.function", "addServlet", "ServletRegistrationBean", "Stub",
			"Template", "ProducerRecord", "convertAndSend", ".send(", "basicPublish", "basicConsume", ".subscribe(", "streamBridge", "StreamBridge",
			"DubboReference", "@Reference", "\"SELECT ", "\"select ", "\"INSERT ", "\"insert ", "\"UPDATE ", "\"update ",
			"\"DELETE ", "\"delete ", "SELECT\n", "select\n", "SELECT *", "select *", "addPathPrefix");
	private static final int MAX_FILE_BYTES = 2_000_000;
	/** Rounds of looking for users of inherited mappings; each goes one level down a hierarchy. */
	private static final int MAX_ROUNDS = 6;

	private final IWorkspaceRoot root;
	private final FactsReader reader = new FactsReader();
	private final Map<String, Sources.Unit> units = new HashMap<>();
	private final Map<String, List<IFile>> filesOf = new HashMap<>();
	private final Map<String, ProjectSettings> settings = new HashMap<>();
	private final Map<String, Workspace.Project> projects = new HashMap<>();
	private final Set<String> inheritedNames = new HashSet<>();
	private final Map<String, Boolean> testRoots = new HashMap<>();
	private final Map<String, EndpointResolver.Resolved> resolved = new HashMap<>();
	private final Set<String> changed = new HashSet<>();
	/** Files whose methods' bodies were not looked at. */
	private final Set<String> bodiless = new HashSet<>();
	private boolean allChanged;

	SourceFiles(IWorkspaceRoot root) {
		this.root = root;
	}

	static boolean isSettings(String fileName) {
		return ConfigurationFiles.isOne(fileName);
	}

	/** Reads all of a project anew; a project that is closed, gone or not Java is forgotten. */
	void readProject(IProject project, IProgressMonitor monitor) {
		String name = project.getName();
		allChanged = true;
		units.values().removeIf(unit -> unit.project().equals(name));
		filesOf.remove(name);
		settings.remove(name);
		projects.remove(name);
		try {
			if (!project.isOpen() || !project.hasNature(JavaCore.NATURE_ID)) {
				return;
			}
			IJavaProject java = JavaCore.create(project);
			List<IFile> sources = new ArrayList<>();
			for (IPackageFragmentRoot each : java.getPackageFragmentRoots()) {
				IClasspathEntry entry = each.getKind() == IPackageFragmentRoot.K_SOURCE
						&& each.getJavaProject().equals(java) ? each.getResolvedClasspathEntry() : null;
				if (entry != null && each.getResource() instanceof IContainer container) {
					testRoots.put(container.getFullPath().toString(), entry.isTest());
					collect(container, sources);
				}
			}
			ProjectSettings read = ConfigurationFiles.read(project, path -> isTest(path));
			settings.put(name, read);
			read.namedTypes().forEach(type -> inheritedNames.add(type.substring(type.lastIndexOf('.') + 1)));
			filesOf.put(name, sources);
			projects.put(name, new Workspace.Project(Set.of(), Set.of(), Set.of(java.getRequiredProjectNames())));
			SubMonitor progress = SubMonitor.convert(monitor, sources.size());
			for (IFile file : sources) {
				read(file, false);
				progress.split(1);
			}
		} catch (CoreException e) {
			// closed or deleted meanwhile: its next delta brings us back
		}
	}

	/** Reads one file anew; forgets it if it is gone. */
	void readFile(IFile file) {
		List<IFile> siblings = filesOf.get(file.getProject().getName());
		if (siblings == null) {
			return;
		}
		if (!file.exists()) {
			siblings.remove(file);
		} else if (!siblings.contains(file)) {
			siblings.add(file);
		}
		read(file, false);
	}

	/** Joins what is known; reads further files where a mapping turns out to be inherited. */
	Workspace resolve(IProgressMonitor monitor) {
		for (int round = 0;; round++) {
			EndpointResolver resolver = new EndpointResolver(
					new Sources(units.values(), new JdtTypes(root, reader)), settings, programs());
			resolveChanged(resolver, monitor);
			Set<String> news = new HashSet<>(resolver.inheritedNames());
			news.removeAll(inheritedNames);
			if (news.isEmpty() || round == MAX_ROUNDS) {
				List<Endpoint> endpoints = new ArrayList<>();
				resolved.values().forEach(each -> endpoints.addAll(each.endpoints()));
				settings.forEach((project, known) -> {
					endpoints.addAll(ProjectRoutes.of(project, known));
					endpoints.addAll(Databases.mapped(project, known, units.values()));
				});
				return new Workspace(Collections.unmodifiableList(endpoints), Map.copyOf(named()));
			}
			inheritedNames.addAll(news);
			for (List<IFile> files : List.copyOf(filesOf.values())) {
				for (IFile file : files) {
					String path = file.getFullPath().toString();
					if (!units.containsKey(path) || bodiless.contains(path)) {
						read(file, true);
					}
				}
			}
		}
	}

	/** Resolves changed files and those that had looked at them; all of them if names may mean something else now. */
	private void resolveChanged(EndpointResolver resolver, IProgressMonitor monitor) {
		if (allChanged) {
			resolved.clear();
		} else {
			resolved.entrySet().removeIf(each -> changed.contains(each.getKey())
					|| !Collections.disjoint(each.getValue().dependsOn(), changed));
		}
		for (Map.Entry<String, Sources.Unit> unit : units.entrySet()) {
			if (monitor.isCanceled()) {
				allChanged = true;
				throw new OperationCanceledException();
			}
			if (!resolved.containsKey(unit.getKey())) {
				resolved.put(unit.getKey(), resolver.resolve(unit.getValue()));
			}
		}
		changed.clear();
		allChanged = false;
	}

	private Map<String, Set<String>> mains() {
		Map<String, Set<String>> mains = new HashMap<>();
		for (Sources.Unit unit : units.values()) {
			for (Facts.Type type : unit.test() ? List.<Facts.Type>of() : unit.facts().types()) {
				if (type.hasMain()) {
					mains.computeIfAbsent(unit.project(), x -> new TreeSet<>()).add(type.name());
				}
			}
		}
		return mains;
	}

	private Programs programs() {
		Map<String, Set<String>> requires = new HashMap<>();
		projects.forEach((name, project) -> requires.put(name, project.requires()));
		Programs programs = Programs.of(requires, mains()::containsKey,
				name -> settings.containsKey(name) && settings.get(name).any());
		Map<String, ProjectSettings> served = new HashMap<>();
		settings.values().forEach(each -> served.putAll(each.served()));
		settings.forEach((name, own) -> {
			own.setBehind(own.names().stream().filter(served::containsKey).map(served::get).toList(),
					programs.with(name).stream().filter(program -> !program.equals(name) && settings.containsKey(program))
							.map(settings::get).toList());
		});
		return programs;
	}

	private Map<String, Workspace.Project> named() {
		Map<String, Set<String>> mains = mains();
		Map<String, Workspace.Project> out = new HashMap<>();
		projects.forEach((name, project) -> {
			Set<String> names = settings.get(name).names();
			IPath folder = root.getProject(name).getLocation();
			settings.values().forEach(each -> each.composed().forEach((service, built) -> {
				if (folder != null && folder.toOSString().equals(IPath.fromOSString(built).removeTrailingSeparator().toOSString())) {
					names.add(service); // what a container made of this project is called
				}
			}));
			out.put(name, new Workspace.Project(names, mains.getOrDefault(name, Set.of()), project.requires(),
					settings.get(name).unread()));
		});
		return out;
	}

	/** @param again whether only names that have become known meanwhile could make it worth reading */
	private void read(IFile file, boolean again) {
		String path = file.getFullPath().toString();
		Facts.File facts = null;
		boolean bodies = false;
		try {
			byte[] bytes = bytes(file);
			String ascii = new String(bytes, StandardCharsets.ISO_8859_1); // words are ASCII in every charset we may meet
			boolean inherits = contains(ascii, inheritedNames);
			if (again && !inherits) {
				return;
			}
			bodies = inherits || contains(ascii, CALLING);
			if (bodies || contains(ascii, DECLARING) || mayKeepPromises(file.getProject().getName(), ascii)) {
				facts = reader.read(new String(bytes, Charset.forName(file.getCharset())).toCharArray(), bodies);
			}
		} catch (CoreException | IOException | IllegalArgumentException e) {
			facts = null; // gone, locked or in an unknown charset: as if empty, until it changes
		}
		Sources.Unit after = facts == null || facts.types().isEmpty() ? null
				: new Sources.Unit(file.getProject().getName(), path, isTest(path), facts);
		if (after == null || bodies) {
			bodiless.remove(path);
		} else {
			bodiless.add(path);
		}
		Sources.Unit before = after == null ? units.remove(path) : units.put(path, after);
		changed.add(path);
		allChanged |= !(before == null ? List.of() : before.shape()).equals(after == null ? List.of() : after.shape());
	}

	/** Whether a class may implement an interface that is generated from the project's API documents. */
	private boolean mayKeepPromises(String project, String text) {
		return settings.containsKey(project) && !settings.get(project).operations().isEmpty() && text.contains(" implements ");
	}

	private boolean isTest(String path) {
		return testRoots.entrySet().stream()
				.anyMatch(entry -> entry.getValue() && path.startsWith(entry.getKey() + "/"))
				|| path.contains("/src/test/");
	}

	private static boolean contains(String text, Iterable<String> words) {
		for (String word : words) {
			if (text.contains(word)) {
				return true;
			}
		}
		return false;
	}

	static byte[] bytes(IFile file) throws CoreException, IOException {
		if (file.getLocation() != null) {
			var path = file.getLocation().toFile().toPath();
			return Files.size(path) > MAX_FILE_BYTES ? new byte[0] : Files.readAllBytes(path);
		}
		try (InputStream in = file.getContents(true)) {
			return in.readNBytes(MAX_FILE_BYTES);
		}
	}

	private static void collect(IContainer container, List<IFile> sources) throws CoreException {
		container.accept(proxy -> {
			if (proxy.getType() == IResource.FILE && !proxy.isDerived() && proxy.getName().endsWith(".java")) {
				sources.add((IFile) proxy.requestResource());
			}
			return true;
		}, IResource.NONE);
	}
}
