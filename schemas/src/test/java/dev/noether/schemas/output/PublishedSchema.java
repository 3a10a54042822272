package dev.noether.schemas.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A published JSON schema, and the records that it describes. */
final class PublishedSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode root;
    private final JsonSchema schema;

    private PublishedSchema(JsonNode root) {
        this.root = root;
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    static PublishedSchema of(String name) throws IOException {
        String resource = "/dev/noether/schemas/json/" + name + ".schema.json";
        try (InputStream in = PublishedSchema.class.getResourceAsStream(resource)) {
            return new PublishedSchema(MAPPER.readTree(in));
        }
    }

    /** What the schema says against a record, and the properties of the record that it does not describe. */
    List<String> problems(byte[] record) throws IOException {
        List<String> problems = new ArrayList<>(refusals(record));
        addUnknown(MAPPER.readTree(record), root, problems);
        return problems;
    }

    /** What the schema says against a record. */
    List<String> refusals(byte[] record) throws IOException {
        return schema.validate(MAPPER.readTree(record)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private void addUnknown(JsonNode value, JsonNode described, List<String> problems) {
        if (value.isArray()) {
            value.forEach(item -> addUnknown(item, resolved(described.path("items")), problems));
        }
        value.properties().forEach(property -> {
            JsonNode of = described.path("properties").path(property.getKey());
            if (of.isMissingNode()) {
                problems.add(property.getKey() + " is not in the schema");
            }
            addUnknown(property.getValue(), resolved(of), problems);
        });
    }

    /** Returns the description of a property or of the items of an array. */
    JsonNode at(String property) {
        return resolved(root.path("properties").path(property));
    }

    JsonNode root() {
        return root;
    }

    JsonNode resolved(JsonNode described) {
        if (described.has("oneOf")) {
            return resolved(described.path("oneOf").path(1));
        }
        return described.has("$ref") ? root.at(described.path("$ref").asText().substring(1)) : described;
    }
}
