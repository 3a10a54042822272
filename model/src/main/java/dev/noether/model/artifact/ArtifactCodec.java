package dev.noether.model.artifact;

import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.autoencoder.Forecast;
import dev.noether.model.autoencoder.LinearBase;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.feature.Scaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns an artifact into the bytes of a file and back: an Avro object container with one record, readable by any Avro
 * tool, with the format version in its metadata. The same artifact has the same bytes. Files of every earlier format can be
 * read: what a format did not have yet takes the values with which its models were calibrated.
 *
 * <p>Stateless; thread safe.
 */
public final class ArtifactCodec {
    /** The format that is written, and the latest that can be read. */
    public static final int FORMAT_VERSION = 2;

    private static final String FORMAT_KEY = "noether.format";
    private static final Schema SCHEMA = schema();

    private ArtifactCodec() {}

    /** Returns the artifact's bytes. */
    public static byte[] encode(ModelArtifact artifact) {
        return encode(artifact, FORMAT_VERSION);
    }

    static byte[] encode(ModelArtifact artifact, int formatVersion) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Avro's marker between blocks is random unless given; random bytes would make equal models unequal files.
        byte[] marker = Arrays.copyOf(sha256(SCHEMA.toString().getBytes(StandardCharsets.UTF_8)), 16);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setMeta(FORMAT_KEY, formatVersion);
            writer.create(SCHEMA, out, marker);
            writer.append(toRecord(artifact));
        } catch (IOException e) {
            throw new UncheckedIOException("a memory buffer does not fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Reads an artifact.
     *
     * @param bytes the whole file
     * @throws ArtifactException if it is damaged, of a later format, or holds numbers that are not finite
     */
    public static ModelArtifact decode(byte[] bytes) throws ArtifactException {
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>(null, SCHEMA))) {
            requireKnownFormat(reader);
            if (!reader.hasNext()) {
                throw new ArtifactException(Fault.UNREADABLE, "the file ends before the model");
            }
            return fromRecord(reader.next());
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(Fault.INVALID_CONTENT, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            // Avro meets damaged bytes with whatever it stumbles over, null pointers among it.
            throw new ArtifactException(
                    Fault.UNREADABLE, "this is no model artifact, or a damaged one: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            // Avro makes room for a damaged length before it looks how much there is. Nothing was made: nothing is
            // lost.
            throw new ArtifactException(Fault.UNREADABLE, "a length in the file is beyond all memory: it is damaged");
        }
    }

    /**
     * Reads an artifact and checks that it is the announced one.
     *
     * @param bytes the whole file
     * @param sha256 the announced hash, lower-case hexadecimal
     * @throws ArtifactException as {@link #decode}, or if the hash is another
     */
    public static ModelArtifact verified(byte[] bytes, String sha256) throws ArtifactException {
        String found = hash(bytes);
        if (!found.equals(sha256)) {
            throw new ArtifactException(
                    Fault.HASH_MISMATCH,
                    "SHA-256 is " + found + ", announced was " + sha256 + ": damaged or cut short");
        }
        return decode(bytes);
    }

    /** The SHA-256 of bytes, lower-case hexadecimal. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    private static void requireKnownFormat(DataFileReader<GenericRecord> reader) throws ArtifactException {
        byte[] format = reader.getMeta(FORMAT_KEY);
        if (format == null) {
            throw new ArtifactException(Fault.UNREADABLE, "an Avro file, but no model artifact: no " + FORMAT_KEY);
        }
        long version = reader.getMetaLong(FORMAT_KEY);
        if (version < 1) {
            throw new ArtifactException(Fault.UNREADABLE, "found format version " + version + ", the first one is 1");
        }
        if (version > FORMAT_VERSION) {
            throw new ArtifactException(
                    Fault.FUTURE_FORMAT, "found format version " + version + ", supports at most " + FORMAT_VERSION);
        }
    }

    private static GenericRecord toRecord(ModelArtifact artifact) {
        AutoencoderShape shape = artifact.network().shape();
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("features", artifact.features().names());
        record.put("windowRows", artifact.windowRows());
        record.put("center", bytes(artifact.scaling().center()));
        record.put("scale", bytes(artifact.scaling().scale()));
        record.put("inputWidth", shape.inputWidth());
        record.put("encoderWidths", shape.encoderWidths());
        record.put("codeSize", shape.codeSize());
        record.put("decoderWidths", shape.decoderWidths());
        record.put(
                "codeActivation",
                new GenericData.EnumSymbol(
                        SCHEMA.getField("codeActivation").schema(),
                        shape.codeActivation().name()));
        record.put("parameters", bytes(artifact.network().parameters()));
        Schema linearBase = SCHEMA.getField("linearBase").schema().getTypes().get(1);
        record.put(
                "linearBase",
                artifact.network()
                        .base()
                        .map(base -> baseRecord(linearBase, base))
                        .orElse(null));
        putForecast(record, artifact.forecast());
        putRule(record, artifact.rule());
        EntityBaseline borrowed = artifact.residuals();
        putScale(record, "residualMean", "residualVariance", borrowed.view(0));
        putScale(record, "forecastResidualMean", "forecastResidualVariance", forecastScale(borrowed));
        putScale(record, "rawMean", "rawVariance", borrowed.raw());
        Schema baseline = SCHEMA.getField("entityBaselines").schema().getElementType();
        record.put(
                "entityBaselines",
                artifact.entityResiduals().entrySet().stream()
                        .map(entry -> namedBaseline(baseline, entry.getKey(), entry.getValue()))
                        .toList());
        CalibrationFields.put(record, artifact.calibration());
        RepeatFields.put(record, artifact.repeats());
        record.put("rowIntervalMillis", artifact.rowInterval().toMillis());
        Schema entryOfProvenance = SCHEMA.getField("provenance").schema().getElementType();
        record.put(
                "provenance",
                artifact.provenance().entrySet().stream()
                        .map(entry -> provenanceEntry(entryOfProvenance, entry))
                        .toList());
        return record;
    }

    private static GenericRecord baseRecord(Schema schema, LinearBase base) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("mean", bytes(base.mean()));
        record.put("components", bytes(base.components()));
        record.put("scales", bytes(base.scales()));
        record.put("residualScale", base.residualScale());
        return record;
    }

    private static @Nullable LinearBase linearBase(GenericRecord record) {
        return record.get("linearBase") instanceof GenericRecord base
                ? new LinearBase(floats(base, "mean"), floats(base, "components"), floats(base, "scales"), (Float)
                        base.get("residualScale"))
                : null;
    }

    private static void putForecast(GenericRecord record, @Nullable Forecast forecast) {
        float[] none = {};
        record.put("forecastRows", forecast == null ? 0 : forecast.rows());
        record.put("forecastWeights", bytes(forecast == null ? none : forecast.weights()));
        record.put("forecastBiases", bytes(forecast == null ? none : forecast.biases()));
    }

    private static @Nullable Forecast forecast(GenericRecord record) {
        int rows = (Integer) record.get("forecastRows");
        return rows == 0
                ? null
                : new Forecast(rows, floats(record, "forecastWeights"), floats(record, "forecastBiases"));
    }

    private static void putRule(GenericRecord record, ScoreRule rule) {
        record.put("adaptationRate", rule.adaptationRate());
        record.put("causeRate", rule.causeRate());
        record.put("varianceFloor", rule.varianceFloor());
        record.put("alarmStartingWeight", rule.alarmStartingWeight());
        record.put("startingWeight", rule.startingWeight());
        record.put("memoryRate", rule.memoryRate());
        record.put("memoryWeight", rule.memoryWeight());
        record.put("excessWeight", rule.excessWeight());
        record.put("memoryCeiling", rule.memoryCeiling());
    }

    private static ScoreRule rule(GenericRecord record) {
        return new ScoreRule(
                (Float) record.get("adaptationRate"),
                (Float) record.get("causeRate"),
                (Float) record.get("varianceFloor"),
                (Float) record.get("alarmStartingWeight"),
                (Float) record.get("startingWeight"),
                (Float) record.get("memoryRate"),
                (Float) record.get("memoryWeight"),
                (Float) record.get("excessWeight"),
                (Float) record.get("memoryCeiling"));
    }

    private static @Nullable RunningScale forecastScale(EntityBaseline baseline) {
        return baseline.views() > 1 ? baseline.view(1) : null;
    }

    private static void putScale(GenericRecord record, String mean, String variance, @Nullable RunningScale scale) {
        float[] means = new float[scale == null ? 0 : scale.features()];
        float[] variances = new float[means.length];
        if (scale != null) {
            scale.copyTo(means, variances);
        }
        record.put(mean, bytes(means));
        record.put(variance, bytes(variances));
    }

    private static RunningScale scale(GenericRecord record, String mean, String variance) {
        return new RunningScale(floats(record, mean), floats(record, variance));
    }

    private static boolean has(GenericRecord record, String field) {
        return ((ByteBuffer) record.get(field)).hasRemaining();
    }

    /** The first format had no raw values: in the model's unit they are about 0, give or take 1. */
    private static RunningScale rawScale(GenericRecord record, int features) {
        if (has(record, "rawMean")) {
            return scale(record, "rawMean", "rawVariance");
        }
        float[] ones = new float[features];
        Arrays.fill(ones, 1);
        return new RunningScale(new float[features], ones);
    }

    private static EntityBaseline baseline(
            GenericRecord record, RunningScale residual, String forecastMean, String forecastVariance, int rows) {
        List<RunningScale> views = has(record, forecastMean)
                ? List.of(residual, scale(record, forecastMean, forecastVariance))
                : List.of(residual);
        return new EntityBaseline(views, rawScale(record, residual.features()), rows, 1);
    }

    private static GenericRecord namedBaseline(Schema schema, String entity, EntityBaseline baseline) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("entity", entity);
        putScale(record, "mean", "variance", baseline.view(0));
        putScale(record, "forecastMean", "forecastVariance", forecastScale(baseline));
        putScale(record, "rawMean", "rawVariance", baseline.raw());
        record.put("rows", baseline.rows());
        return record;
    }

    private static GenericRecord provenanceEntry(Schema schema, Map.Entry<String, String> entry) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("key", entry.getKey());
        record.put("value", entry.getValue());
        return record;
    }

    private static ModelArtifact fromRecord(GenericRecord record) {
        FeatureSchema features = new FeatureSchema(
                list(record, "features").stream().map(Object::toString).toList());
        AutoencoderShape shape = new AutoencoderShape(
                (Integer) record.get("inputWidth"),
                integers(record, "encoderWidths"),
                (Integer) record.get("codeSize"),
                integers(record, "decoderWidths"),
                Activation.valueOf(record.get("codeActivation").toString()));
        SortedMap<String, EntityBaseline> entities = new TreeMap<>();
        for (Object item : list(record, "entityBaselines")) {
            GenericRecord baseline = (GenericRecord) item;
            entities.put(
                    baseline.get("entity").toString(),
                    baseline(
                            baseline, scale(baseline, "mean", "variance"), "forecastMean", "forecastVariance", (Integer)
                                    baseline.get("rows")));
        }
        SortedMap<String, String> provenance = new TreeMap<>();
        for (Object item : list(record, "provenance")) {
            GenericRecord entry = (GenericRecord) item;
            provenance.put(entry.get("key").toString(), entry.get("value").toString());
        }
        return new ModelArtifact(
                features,
                (Integer) record.get("windowRows"),
                new Scaling(floats(record, "center"), floats(record, "scale")),
                new Autoencoder(shape, floats(record, "parameters"), linearBase(record)),
                forecast(record),
                rule(record),
                baseline(
                        record,
                        scale(record, "residualMean", "residualVariance"),
                        "forecastResidualMean",
                        "forecastResidualVariance",
                        0),
                entities,
                CalibrationFields.get(record),
                RepeatFields.get(record, features.size()),
                Duration.ofMillis((Long) record.get("rowIntervalMillis")),
                provenance);
    }

    static ByteBuffer bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    static float[] floats(GenericRecord record, String field) {
        FloatBuffer buffer = ((ByteBuffer) record.get(field))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static List<?> list(GenericRecord record, String field) {
        return (List<?>) record.get(field);
    }

    private static List<Integer> integers(GenericRecord record, String field) {
        return list(record, field).stream().map(Integer.class::cast).toList();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Schema schema() {
        try (InputStream in = ArtifactCodec.class.getResourceAsStream("ModelArtifact-v2.avsc")) {
            if (in == null) {
                throw new IllegalStateException("ModelArtifact-v2.avsc is missing from the jar");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
