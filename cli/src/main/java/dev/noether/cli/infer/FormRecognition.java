package dev.noether.cli.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ObservationCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognises the form of single records by their bytes. Not thread safe. */
final class FormRecognition {
    /** One line: measurement and tags, fields, and perhaps a time. */
    private static final Pattern LINE =
            Pattern.compile("[^\\s,={}\\[\\]\"](?:\\\\.|[^\\s,])*(?:,(?:\\\\.|[^\\s=,])+=(?:\\\\.|[^\\s,])+)*"
                    + " +(?:\\\\.|[^\\s=,])+=(?:\"(?:\\\\.|[^\"])*\"|[^\\s,\"]+)"
                    + "(?:,(?:\\\\.|[^\\s=,])+=(?:\"(?:\\\\.|[^\"])*\"|[^\\s,\"]+))*(?: +-?\\d+)?\\s*");

    private static final int LONGEST_LINE = 20_000;
    private static final int HEADER_BYTES = 5;
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;

    private final ObjectMapper json = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private final ObservationCodec observations = new ObservationCodec();

    /** Returns the form of a record. */
    RecordForm of(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        if (first == 0xC3 && bytes.length > 1 && bytes[1] == 1) {
            return isObservation(bytes) ? RecordForm.NOETHER : RecordForm.SINGLE_OBJECT;
        }
        if (first == GZIP_FIRST && bytes.length > 1 && (bytes[1] & 0xFF) == GZIP_SECOND) {
            return RecordForm.GZIP;
        }
        if (first == 0 && bytes.length > HEADER_BYTES) {
            return RecordForm.CONFLUENT_AVRO;
        }
        JsonNode tree = tree(bytes);
        if (tree != null && (tree.isObject() || tree.isArray())) {
            return tree.isObject() ? RecordForm.JSON : RecordForm.JSON_LIST;
        }
        RecordForm lines = lines(bytes);
        if (lines != RecordForm.OTHER) {
            return lines;
        }
        // A length-delimited field 1, as each message of OTLP begins.
        return first == 0x0A ? RecordForm.PROTOBUF : RecordForm.OTHER;
    }

    /** Returns a record as JSON; null if it is none. */
    @Nullable
    JsonNode tree(byte[] bytes) {
        byte first = bytes[0];
        if (first != '{' && first != '[' && first != ' ' && first != '\n' && first != '\t' && first != '\r') {
            return null;
        }
        try {
            return json.readTree(bytes);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean isObservation(byte[] bytes) {
        try {
            observations.decode(bytes);
            return true;
        } catch (MalformedRecordException e) {
            return false;
        }
    }

    private static RecordForm lines(byte[] bytes) {
        if (bytes.length > LONGEST_LINE) {
            return RecordForm.OTHER;
        }
        int count = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!LINE.matcher(line).matches()) {
                return RecordForm.OTHER;
            }
            count++;
        }
        return count == 0 ? RecordForm.OTHER : count == 1 ? RecordForm.INFLUX : RecordForm.INFLUX_LINES;
    }
}
