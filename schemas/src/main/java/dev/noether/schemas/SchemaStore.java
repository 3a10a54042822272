package dev.noether.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * The schemas whose bytes are readable, by their 64-bit Rabin fingerprint ({@code CRC-64-AVRO} of the parsing canonical
 * form, as the Avro specification defines it for single-object encoding).
 *
 * <p>Immutable and thread safe.
 */
public final class SchemaStore {
    /** The released versions, oldest first. Their files must not change: a change needs a new version. */
    public static final List<String> RELEASED_VERSIONS = List.of("v1", "v2", "v3", "v4", "v5", "v6", "v7");

    /** The records that each version added or changed; all others are those of the version before. */
    private static final Map<String, List<String>> RECORDS = Map.of(
            "v1", List.of("Observation", "Score", "ModelRelease", "Rejected"),
            "v2", List.of("Score", "Incident", "Feedback"),
            "v3", List.of("Score"),
            "v4", List.of("Score", "Incident"),
            "v5",
                    List.of(
                            "Score",
                            "Incident",
                            "ModelRelease",
                            "PromotionDecision",
                            "TrainingRun",
                            "TrainingRequest",
                            "Feedback"),
            "v6", List.of("Score", "PromotionDecision", "ShadowComparison"),
            "v7", List.of("Score"));

    private static final SchemaStore RELEASED = loadReleased();

    private final Map<Long, Schema> byFingerprint;

    /** Makes a store of schemas. */
    public SchemaStore(Collection<Schema> schemas) {
        Map<Long, Schema> known = new HashMap<>();
        for (Schema schema : schemas) {
            known.put(fingerprint(schema), schema);
        }
        byFingerprint = Map.copyOf(known);
    }

    /** Returns the store of all schemas of all released versions. */
    public static SchemaStore released() {
        return RELEASED;
    }

    /**
     * Reads a released schema.
     *
     * @param version one of {@link #RELEASED_VERSIONS}
     * @param name the record's simple name, such as {@code Observation}
     */
    public static Schema released(String version, String name) {
        String resource = version + "/" + name + ".avsc";
        try (InputStream in = SchemaStore.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no schema " + resource + "; known versions are " + RELEASED_VERSIONS);
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the newest released schema of a record. */
    public static Schema newest(String name) {
        for (int i = RELEASED_VERSIONS.size() - 1; i >= 0; i--) {
            String version = RELEASED_VERSIONS.get(i);
            if (records(version).contains(name)) {
                return released(version, name);
            }
        }
        throw new IllegalArgumentException("no record " + name + "; known versions are " + RELEASED_VERSIONS);
    }

    private static List<String> records(String version) {
        return RECORDS.getOrDefault(version, List.of());
    }

    /** Returns the fingerprint in the header of records of a schema. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** Returns the schema of a fingerprint; null if it is unknown. */
    public @Nullable Schema find(long fingerprint) {
        return byFingerprint.get(fingerprint);
    }

    private static SchemaStore loadReleased() {
        return new SchemaStore(RELEASED_VERSIONS.stream()
                .flatMap(version -> records(version).stream().map(name -> released(version, name)))
                .toList());
    }
}
