package dev.noether.flink.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classes from which the schemas of Kubernetes, Strimzi, the Prometheus operator and the Flink operator are made. A
 * resource is read into its class; a key or a value that the class does not have is an error. The jars are copied by the
 * build and are on no class path.
 */
final class KubernetesModels implements AutoCloseable {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("v1 ServiceAccount", "io.fabric8.kubernetes.api.model.ServiceAccount"),
            Map.entry("v1 PersistentVolumeClaim", "io.fabric8.kubernetes.api.model.PersistentVolumeClaim"),
            Map.entry("v1 Service", "io.fabric8.kubernetes.api.model.Service"),
            Map.entry("apps/v1 Deployment", "io.fabric8.kubernetes.api.model.apps.Deployment"),
            Map.entry("rbac.authorization.k8s.io/v1 Role", "io.fabric8.kubernetes.api.model.rbac.Role"),
            Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", "io.fabric8.kubernetes.api.model.rbac.RoleBinding"),
            Map.entry("policy/v1 PodDisruptionBudget", "io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget"),
            Map.entry(
                    "networking.k8s.io/v1 NetworkPolicy",
                    "io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy"),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", "io.fabric8.openshift.api.model.monitoring.v1.PodMonitor"),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", "io.strimzi.api.kafka.model.topic.KafkaTopic"),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", "io.strimzi.api.kafka.model.user.KafkaUser"),
            Map.entry(
                    "flink.apache.org/v1beta1 FlinkDeployment",
                    "org.apache.flink.kubernetes.operator.api.FlinkDeployment"));

    private final URLClassLoader loader;
    private final ObjectMapper mapper;

    private KubernetesModels(URLClassLoader loader) {
        this.loader = loader;
        this.mapper = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setAnnotationIntrospector(new Strict());
    }

    /** Opens the classes; nothing where the build has not copied them. */
    static Optional<KubernetesModels> open() throws IOException {
        Path folder = ProjectFiles.file("flink-job/target/kubernetes-models");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                jars.add(file.toUri().toURL());
            }
        }
        return Optional.of(new KubernetesModels(
                new URLClassLoader(jars.toArray(new URL[0]), KubernetesModels.class.getClassLoader())));
    }

    /** What is wrong with a resource; empty if nothing is. */
    Optional<String> problem(Map<String, Object> resource) throws ReflectiveOperationException {
        String kind = resource.get("apiVersion") + " " + resource.get("kind");
        String name = CLASSES.get(kind);
        if (name == null) {
            return Optional.of("unknown kind " + kind + "; known are " + CLASSES.keySet());
        }
        JsonNode tree = mapper.valueToTree(resource);
        try {
            mapper.treeToValue(tree, loader.loadClass(name));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(kind + ": " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /** The classes keep unknown keys in a map of additional properties; here these are errors. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
        }

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
        }
    }
}
