package dev.noether.lab.reproduce.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.run.RunResult.Course;
import dev.noether.lab.reproduce.run.RunResult.Errors;
import dev.noether.lab.reproduce.run.RunResult.Findings;
import dev.noether.lab.series.SymmetryPortrait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a stored run: one flat object with all fields of {@link RunResult}; an unknown value is null.
 * Thread-safe.
 */
final class RunResultJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RunResultJson() {}

    static byte[] encode(RunResult result) throws JsonProcessingException {
        Hyperparameters hyperparameters = result.hyperparameters();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("key", result.key());
        node.put("seed", result.seed());
        node.put("failure", result.failure());
        node.put("learningRate", hyperparameters == null ? null : (Double) hyperparameters.learningRate());
        node.put("strength", hyperparameters == null ? null : (Double) hyperparameters.strength());
        node.put("testError", result.errors().test());
        node.put("validationError", result.errors().validation());
        node.put("bestEpoch", result.course().bestEpoch());
        node.put("diverged", result.course().divergedAttempts());
        node.set("testCurve", MAPPER.valueToTree(result.course().testCurve()));
        node.put("seconds", result.seconds());
        node.set("inside", MAPPER.valueToTree(result.findings().inspection()));
        node.put("remark", result.findings().remark());
        node.put("detection", result.errors().detection());
        node.set("portrait", MAPPER.valueToTree(result.findings().portrait()));
        return MAPPER.writeValueAsBytes(node);
    }

    /**
     * Reads a stored run.
     *
     * @throws IOException if the bytes are no JSON object
     * @throws IllegalArgumentException if a field is missing or of another type
     */
    static RunResult decode(byte[] json) throws IOException {
        JsonNode node = MAPPER.readTree(json);
        if (!node.path("key").isTextual()) {
            throw new IllegalArgumentException("a stored run needs the field `key`");
        }
        Double learningRate = value(node, "learningRate", Double.class);
        Double strength = value(node, "strength", Double.class);
        return new RunResult(
                node.get("key").textValue(),
                node.path("seed").longValue(),
                node.path("seconds").doubleValue(),
                value(node, "failure", String.class),
                learningRate == null || strength == null ? null : new Hyperparameters(learningRate, strength),
                new Errors(
                        value(node, "testError", Double.class),
                        value(node, "validationError", Double.class),
                        value(node, "detection", Double.class)),
                new Course(
                        node.path("bestEpoch").intValue(), node.path("diverged").intValue(), curve(node)),
                new Findings(
                        value(node, "inside", NetworkInspection.class),
                        value(node, "remark", String.class),
                        value(node, "portrait", SymmetryPortrait.class)));
    }

    private static List<Double> curve(JsonNode node) {
        List<Double> curve = new ArrayList<>();
        node.path("testCurve").forEach(error -> curve.add(MAPPER.convertValue(error, Double.class)));
        return curve;
    }

    private static <T> @Nullable T value(JsonNode node, String field, Class<T> type) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : MAPPER.convertValue(value, type);
    }
}
