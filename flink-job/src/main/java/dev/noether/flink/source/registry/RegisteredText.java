package dev.noether.flink.source.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer of the registry's REST API, as it stands in JSON.
 *
 * @param schema text of the schema; empty if there is none
 * @param type type of the schema; Avro if the registry does not say it
 * @param references other schemas that the schema names
 * @param error code of an error; 0 if there is none
 */
record RegisteredText(String schema, String type, List<Reference> references, int error) {
    static final String AVRO = "AVRO";

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Another schema, whose types a schema uses.
     *
     * @param subject subject of the other schema
     * @param version version of the other schema
     */
    record Reference(String subject, int version) {}

    /**
     * Reads an answer; what it does not know it leaves out.
     *
     * @throws IOException if the bytes are no JSON object
     */
    static RegisteredText parse(byte[] bytes) throws IOException {
        String schema = "";
        String type = AVRO;
        List<Reference> references = new ArrayList<>();
        int error = 0;
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is no JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "schema" -> schema = parser.getValueAsString("");
                    case "schemaType" -> type = parser.getValueAsString(AVRO);
                    case "error_code" -> error = parser.getValueAsInt();
                    case "references" -> readReferences(parser, references);
                    default -> parser.skipChildren();
                }
            }
        }
        return new RegisteredText(schema, type, List.copyOf(references), error);
    }

    private static void readReferences(JsonParser parser, List<Reference> references) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String subject = "";
            int version = 0;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "subject" -> subject = parser.getValueAsString("");
                    case "version" -> version = parser.getValueAsInt();
                    default -> parser.skipChildren();
                }
            }
            references.add(new Reference(subject, version));
        }
    }
}
