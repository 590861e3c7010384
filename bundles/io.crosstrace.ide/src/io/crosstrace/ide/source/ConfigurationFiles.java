package io.crosstrace.ide.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;

/** Which of a project's files that are no source say something about its routes or its name, and what. */
final class ConfigurationFiles {
	private static final Pattern SETTINGS =
			Pattern.compile("(application|bootstrap)(-[\\w-]+)?\\.(properties|ya?ml)|microprofile-config\\.properties");
	/** May be an OpenAPI document, or XML that maps; its first bytes tell. */
	private static final Pattern DOCUMENT = Pattern.compile(".*\\.(ya?ml|json|xml)");
	private static final Pattern SERVED = Pattern.compile("([\\w-]+)\\.(ya?ml|properties)");
	private static final Pattern COMPOSE = Pattern.compile("(docker-)?compose[\\w.-]*\\.ya?ml");
	private static final Set<String> BUILDS = Set.of("pom.xml", "settings.gradle", "settings.gradle.kts", "build.gradle",
			"build.gradle.kts");
	private static final Set<String> ELSEWHERE = Set.of("target", "build", "bin", "out", "node_modules", ".git", ".gradle",
			".settings", ".mvn", ".github");
	private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>|<!--.*?-->");
	private static final Pattern ARTIFACT = Pattern.compile("<(artifactId|finalName)>\\s*([^<\\s]+)\\s*</\\1>");
	private static final Pattern GRADLE = Pattern.compile(
			"(?m)^\\s*(?:rootProject\\.name|archivesBaseName|archiveBaseName(?:\\.set)?|baseName)\\s*[=(]?\\s*['\"]([^'\"$]+)['\"]");
	private static final Map<String, String> LANGUAGES = Map.of("kt", "Kotlin", "groovy", "Groovy", "scala", "Scala");
	private static final int MAX_FILES = 20_000;

	private ConfigurationFiles() {
	}

	/** Whether a change to a file of this name changes what {@link #read} gives. */
	static boolean isOne(String fileName) {
		return SETTINGS.matcher(fileName).matches() || fileName.equals("web.xml") || COMPOSE.matcher(fileName).matches()
				|| BUILDS.contains(fileName);
	}

	/** Reads them all; one that cannot be read counts as absent. Cost: a walk over the project's folders. */
	static ProjectSettings read(IProject project, Predicate<String> isTest) throws CoreException {
		ProjectSettings found = new ProjectSettings();
		found.addName(project.getName());
		List<IFile> files = new ArrayList<>();
		int[] left = { MAX_FILES };
		project.accept(proxy -> {
			if (proxy.getType() != IResource.FILE) {
				// a module's folder is a project of its own
				return left[0] > 0 && !(proxy.getType() == IResource.FOLDER && (ELSEWHERE.contains(proxy.getName())
						|| isModule((IFolder) proxy.requestResource())));
			}
			left[0]--;
			String language = LANGUAGES.get(proxy.getName().substring(proxy.getName().lastIndexOf('.') + 1));
			if (language != null && !isTest.test(proxy.requestFullPath().toString())) {
				found.addUnread(language);
			}
			if (isOne(proxy.getName()) || DOCUMENT.matcher(proxy.getName()).matches()
					|| SERVED.matcher(proxy.getName()).matches()) {
				files.add((IFile) proxy.requestResource());
			}
			return true;
		}, IResource.NONE);
		// the main file first: the first value of a key stays
		files.sort(Comparator.<IFile>comparingInt(file -> file.getName().startsWith("application.") ? 0
				: file.getName().startsWith("bootstrap.") ? 1 : 2).thenComparing(file -> file.getFullPath().toString()));
		for (IFile file : files) {
			String path = file.getFullPath().toString();
			if (!isTest.test(path)) {
				try {
					if (!isOne(file.getName()) && (!DOCUMENT.matcher(file.getName()).matches() || !mayBeDocument(file))) {
						continue;
					}
					add(found, file, path, new String(SourceFiles.bytes(file), StandardCharsets.UTF_8));
				} catch (IOException e) {
					continue; // unreadable settings: the paths stay as the annotations say
				}
			}
		}
		for (IFile file : found.serves() ? files : List.<IFile>of()) {
			Matcher served = SERVED.matcher(file.getName());
			if (served.matches() && !isOne(file.getName()) && !isTest.test(file.getFullPath().toString())) {
				try {
					found.addServed(served.group(1), file.getFullPath().toString(),
							new String(SourceFiles.bytes(file), StandardCharsets.UTF_8));
				} catch (IOException e) {
					continue; // as above
				}
			}
		}
		return found;
	}

	private static boolean isModule(IFolder folder) {
		return BUILDS.stream().anyMatch(build -> folder.getFile(build).exists());
	}

	/** By its first kilobytes: a project may hold thousands of other files that end so. */
	private static boolean mayBeDocument(IFile file) throws CoreException, IOException {
		try (InputStream in = file.getContents(true)) {
			String head = new String(in.readNBytes(OpenApi.HEAD_BYTES), StandardCharsets.UTF_8);
			return file.getName().endsWith(".xml") ? Mappers.isOne(head) : OpenApi.isDocument(head);
		}
	}

	private static void add(ProjectSettings found, IFile file, String path, String content) {
		String name = file.getName();
		if (SETTINGS.matcher(name).matches()) {
			found.add(path, content);
		} else if (name.equals("web.xml")) {
			found.addWebXml(content);
		} else if (name.equals("pom.xml")) {
			found.addBuild(content);
			Matcher matcher = ARTIFACT.matcher(PARENT.matcher(content).replaceAll(""));
			boolean first = true;
			while (matcher.find()) {
				if (first && matcher.group(1).equals("artifactId")) {
					found.setArtifact(matcher.group(2));
					first = false;
				} else if (matcher.group(1).equals("finalName") && !matcher.group(2).contains("$")) {
					found.addName(matcher.group(2));
				}
			}
		} else if (BUILDS.contains(name)) {
			found.addBuild(content);
			Matcher matcher = GRADLE.matcher(content);
			while (matcher.find()) {
				found.addName(matcher.group(1));
			}
		} else if (COMPOSE.matcher(name).matches() && file.getLocation() != null) {
			found.addCompose(content, context -> file.getLocation().removeLastSegments(1).append(context).toOSString());
		} else if (name.endsWith(".xml")) {
			found.addXml(path, content);
		} else if (OpenApi.isDocument(content)) {
			found.addOperations(OpenApi.read(content));
		}
	}
}
