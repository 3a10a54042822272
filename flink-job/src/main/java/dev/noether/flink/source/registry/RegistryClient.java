package dev.noether.flink.source.registry;

import dev.noether.flink.config.RegistryAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Asks a registry with Confluent's REST API for schemas. One request at a time; not thread safe. */
final class RegistryClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final int MAX_REFERENCES = 100;
    /** The registry's own code for a number without a schema. Another 404 is that of another server. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final RegistryAccess access;
    private final HttpClient http;

    /**
     * Makes a client. It connects with the first request.
     *
     * @throws IOException if the certificates cannot be read
     */
    RegistryClient(RegistryAccess access) throws IOException {
        this.access = access;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).followRedirects(HttpClient.Redirect.NEVER);
        if (!access.certificates().isEmpty()) {
            builder.sslContext(TrustedAuthorities.of(access.certificates()));
        }
        http = builder.build();
    }

    /** An answer in place of a schema. */
    private static final class NoSchemaException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient RegistryAnswer answer;

        NoSchemaException(RegistryAnswer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }

    /** Returns the schema of a number, or why there is none. */
    RegistryAnswer schema(int id) throws InterruptedException {
        String what = "the schema " + id;
        try {
            RegisteredText text = get("/schemas/ids/" + id, what);
            Schema.Parser parser = new Schema.Parser();
            parseReferences(text, parser, new HashSet<>());
            return new RegistryAnswer.Found(parser.parse(text.schema()));
        } catch (NoSchemaException e) {
            return e.answer;
        } catch (RuntimeException e) {
            // Avro throws many kinds of unchecked exceptions for a text that is no schema.
            return new RegistryAnswer.Unknown(what + " of the registry " + access.url() + " is not valid Avro: "
                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    /** Makes the types known that a schema takes from others. */
    private void parseReferences(RegisteredText text, Schema.Parser parser, Set<RegisteredText.Reference> known)
            throws NoSchemaException, InterruptedException {
        for (RegisteredText.Reference reference : text.references()) {
            if (known.size() < MAX_REFERENCES && known.add(reference)) {
                String path = "/subjects/" + URLEncoder.encode(reference.subject(), StandardCharsets.UTF_8)
                        + "/versions/" + reference.version();
                RegisteredText other =
                        get(path, "version " + reference.version() + " of the subject " + reference.subject());
                parseReferences(other, parser, known);
                parser.parse(other.schema());
            }
        }
    }

    private RegisteredText get(String path, String what) throws NoSchemaException, InterruptedException {
        RegisteredText text;
        int status;
        try {
            HttpResponse<InputStream> response = http.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
            status = response.statusCode();
            byte[] body;
            try (InputStream source = response.body()) {
                body = source.readNBytes(MAX_ANSWER_BYTES);
            }
            text = status == OK ? RegisteredText.parse(body) : error(body);
        } catch (IOException e) {
            throw away(TlsProblem.of(e).orElse("does not answer: " + reason(e)));
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw away("refuses access with status " + status
                    + "; check `registry.user` and `registry.password`, and that this user may read schemas");
        }
        if (status != OK && text.error() != SCHEMA_NOT_FOUND) {
            throw away("answers " + path + " with status " + status + "; check `registry.url`");
        }
        if (status != OK || text.schema().isEmpty()) {
            throw unknown("the registry " + access.url() + " does not know " + what);
        }
        if (!text.type().equals(RegisteredText.AVRO)) {
            throw unknown(what + " of the registry " + access.url() + " is of the type " + text.type()
                    + "; only AVRO is read");
        }
        return text;
    }

    private HttpRequest request(String path) {
        String base = access.url().endsWith("/")
                ? access.url().substring(0, access.url().length() - 1)
                : access.url();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        if (!access.user().isEmpty()) {
            byte[] pair = (access.user() + ":" + access.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return request.build();
    }

    /** The page of an error may be anything. */
    private static RegisteredText error(byte[] body) {
        try {
            return RegisteredText.parse(body);
        } catch (IOException e) {
            return new RegisteredText("", RegisteredText.AVRO, List.of(), 0);
        }
    }

    private NoSchemaException away(String why) {
        return new NoSchemaException(new RegistryAnswer.Away("the schema registry " + access.url() + " " + why));
    }

    private static NoSchemaException unknown(String why) {
        return new NoSchemaException(new RegistryAnswer.Unknown(why));
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName().replace("Exception", "") + (message == null ? "" : ": " + message);
    }
}
