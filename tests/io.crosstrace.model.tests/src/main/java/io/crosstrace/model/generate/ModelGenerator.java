package io.crosstrace.model.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

import org.eclipse.emf.codegen.ecore.generator.Generator;
import org.eclipse.emf.codegen.ecore.genmodel.GenJDKLevel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelFactory;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelPackage;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenBaseGeneratorAdapter;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenModelGeneratorAdapterFactory;
import org.eclipse.emf.common.util.BasicMonitor;
import org.eclipse.emf.common.util.Diagnostic;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.plugin.EcorePlugin;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.xmi.impl.EcoreResourceFactoryImpl;

/** Makes the Java of an .ecore, without an Eclipse running, as its editor would. */
public final class ModelGenerator {
	private ModelGenerator() {
	}

	/**
	 * Writes {@code src-gen/} and {@code model/crosstrace.genmodel} below {@code out}.
	 *
	 * @throws IllegalStateException if EMF finds an error in the model; the message is EMF's
	 */
	public static void generate(Path ecore, Path out) throws IOException {
		Files.createDirectories(out.resolve("model"));
		Files.copy(ecore, out.resolve("model").resolve(ecore.getFileName()),
				java.nio.file.StandardCopyOption.REPLACE_EXISTING);
		ResourceSet resources = new ResourceSetImpl();
		for (String extension : new String[] { "ecore", "genmodel" }) {
			resources.getResourceFactoryRegistry().getExtensionToFactoryMap().put(extension,
					new EcoreResourceFactoryImpl());
		}
		GenModelPackage.eINSTANCE.eClass();
		EcorePlugin.getPlatformResourceMap().put("io.crosstrace.model", URI.createFileURI(out.toAbsolutePath() + "/"));
		URI copy = URI.createFileURI(out.resolve("model").resolve(ecore.getFileName()).toAbsolutePath().toString());
		EPackage model = (EPackage) resources.getResource(copy, true).getContents().get(0);

		GenModel settings = settings(model);
		resources.createResource(copy.trimFileExtension().appendFileExtension("genmodel")).getContents().add(settings);
		settings.eResource().save(Collections.emptyMap());
		settings.setCanGenerate(true);
		Generator generator = new Generator();
		generator.getAdapterFactoryDescriptorRegistry().addDescriptor(GenModelPackage.eNS_URI,
				GenModelGeneratorAdapterFactory.DESCRIPTOR);
		generator.setInput(settings);
		Diagnostic result = generator.generate(settings, GenBaseGeneratorAdapter.MODEL_PROJECT_TYPE,
				new BasicMonitor());
		if (result.getSeverity() >= Diagnostic.ERROR) {
			throw new IllegalStateException(result.getMessage() + " " + result.getChildren());
		}
	}

	private static GenModel settings(EPackage model) {
		GenModel settings = GenModelFactory.eINSTANCE.createGenModel();
		settings.initialize(Collections.singleton(model));
		settings.getForeignModel().add("crosstrace.ecore");
		settings.setModelName("CrossTrace");
		settings.setModelDirectory("/io.crosstrace.model/src-gen");
		settings.setModelPluginID(null);
		settings.setComplianceLevel(GenJDKLevel.JDK170_LITERAL);
		settings.setSuppressGenModelAnnotations(true);
		settings.setCopyrightText("SPDX-License-Identifier: EPL-2.0");
		settings.setBundleManifest(false);
		settings.setUpdateClasspath(false);
		settings.setForceOverwrite(true);
		settings.setCodeFormatting(false);
		settings.getGenPackages().get(0).setBasePackage("io.crosstrace");
		settings.getGenPackages().get(0).setPrefix("Model");
		return settings;
	}
}
