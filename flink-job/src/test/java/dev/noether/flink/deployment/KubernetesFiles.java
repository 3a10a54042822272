package dev.noether.flink.deployment;

import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The resources in {@code deploy/kubernetes}. */
final class KubernetesFiles {
    static final Path BASE = ProjectFiles.file("deploy/kubernetes/base");
    static final Path OVERLAYS = ProjectFiles.file("deploy/kubernetes/overlays");

    private KubernetesFiles() {}

    /** All resources of the base, in the order of its kustomization. */
    static List<Map<String, Object>> base() throws IOException {
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Object file :
                list(ComposeFile.load(BASE.resolve("kustomization.yaml")).get("resources"))) {
            resources.addAll(read(BASE.resolve(String.valueOf(file))));
        }
        return resources;
    }

    /** The documents of a file. */
    static List<Map<String, Object>> read(Path file) throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .build();
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(settings)
                .loadAllFromString(Files.readString(file))
                .forEach(document -> documents.add(ComposeFile.mapping(document)));
        return documents;
    }

    /** The resources of a kind. */
    static List<Map<String, Object>> ofKind(String kind) throws IOException {
        return base().stream()
                .filter(resource -> kind.equals(resource.get("kind")))
                .toList();
    }

    static String name(Map<String, Object> resource) {
        return String.valueOf(at(resource, "metadata", "name"));
    }

    /** The value below some keys. */
    static Object at(Map<String, Object> resource, String... keys) {
        Object value = resource;
        for (String key : keys) {
            value = ComposeFile.mapping(value).get(key);
            if (value == null) {
                throw new AssertionError("no " + String.join(".", keys) + " in " + resource.get("kind"));
            }
        }
        return value;
    }

    static List<?> list(Object value) {
        return (List<?>) value;
    }
}
