package dev.noether.model.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of all artifacts that were ever written. A file with another schema is not read: the schema in its header
 * is compared with these, and never used itself. A new format adds its schema here.
 *
 * <p>Immutable; thread safe.
 */
final class ArtifactSchemas {
    /** The schema of the current format. */
    static final Schema CURRENT = load("ModelArtifact-v5.avsc");

    private static final List<Schema> KNOWN = List.of(
            CURRENT,
            load("ModelArtifact-v4.avsc"),
            load("ModelArtifact-v3.avsc"),
            load("ModelArtifact-v2.avsc"),
            load("ModelArtifact-v2-draft2.avsc"),
            load("ModelArtifact-v2-draft1.avsc"),
            load("ModelArtifact-v1.avsc"),
            load("ModelArtifact-v1-draft.avsc"));

    private static final Map<Long, Schema> BY_FINGERPRINT = byFingerprint();

    /** A schema of ours has less than a tenth of this. */
    private static final int LARGEST_TEXT = 1 << 16;

    private static final int DEEPEST_NESTING = 32;

    private ArtifactSchemas() {}

    /** All known schemas, the current one first. */
    static List<Schema> known() {
        return KNOWN;
    }

    /**
     * Returns our schema that a text describes; null if the text is no schema of ours. The work and the memory are
     * bounded for any text.
     */
    static @Nullable Schema find(byte[] text) {
        if (text.length > LARGEST_TEXT || !isFlat(text)) {
            return null;
        }
        try {
            Schema schema = new Schema.Parser().parse(new String(text, StandardCharsets.UTF_8));
            return BY_FINGERPRINT.get(SchemaNormalization.parsingFingerprint64(schema));
        } catch (RuntimeException | StackOverflowError e) {
            // The parser throws many kinds of exceptions. Whatever it is, the text is no schema of ours.
            return null;
        }
    }

    /** Parsers of JSON and of schemas call themselves for each level. */
    private static boolean isFlat(byte[] text) {
        int depth = 0;
        for (byte one : text) {
            if (one == '{' || one == '[') {
                depth++;
            } else if (one == '}' || one == ']') {
                depth--;
            }
            if (depth > DEEPEST_NESTING) {
                return false;
            }
        }
        return true;
    }

    private static Map<Long, Schema> byFingerprint() {
        Map<Long, Schema> schemas = new HashMap<>();
        for (Schema schema : KNOWN) {
            schemas.put(SchemaNormalization.parsingFingerprint64(schema), schema);
        }
        return Map.copyOf(schemas);
    }

    private static Schema load(String name) {
        try (InputStream in = ArtifactSchemas.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
