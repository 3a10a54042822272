package dev.noether.flink.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON schema of the compose specification. It is not ours to copy: it is taken once, into {@code target/}, from a
 * published npm package that carries it, and known by its SHA-256.
 */
final class ComposeSchema {
    private static final String PACKAGE = "dclint@3.1.0";
    private static final String ENTRY = "package/schemas/compose.schema.json";
    private static final String SHA_256 = "46b7d35f19dd93a05f8fea530291bf84d881c1791ec167ecf0e6fb94e639d496";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonSchema schema;

    private ComposeSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** Returns the schema, or nothing where neither it nor npm and its registry are at hand. */
    static Optional<ComposeSchema> find() throws IOException {
        Path folder = Files.createDirectories(ProjectFiles.file("flink-job/target/compose-schema"));
        Path file = folder.resolve(ENTRY);
        if (!Files.exists(file) && !fetch(folder)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!sha256(bytes).equals(SHA_256)) {
            throw new IllegalStateException(
                    file + " is not the schema that was pinned: its SHA-256 is " + sha256(bytes));
        }
        ObjectNode node = (ObjectNode) MAPPER.readTree(bytes);
        // Names that validators take for addresses.
        node.remove(List.of("$schema", "$id"));
        return Optional.of(new ComposeSchema(
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(node)));
    }

    List<String> problems(Map<String, Object> content) {
        JsonNode tree = MAPPER.valueToTree(content);
        return schema.validate(tree).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    private static boolean fetch(Path folder) {
        return run(folder, "npm", "pack", "--silent", "--ignore-scripts", PACKAGE)
                && run(folder, "tar", "-xzf", PACKAGE.replace('@', '-') + ".tgz", ENTRY);
    }

    private static boolean run(Path folder, String... words) {
        try (ChildProcess process =
                ChildProcess.start(words[0], List.of(words), Map.of(), folder, folder.resolve(words[0] + ".log"))) {
            return process.awaitExit(PATIENCE) == 0;
        } catch (java.io.UncheckedIOException | AssertionError e) {
            return false;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
