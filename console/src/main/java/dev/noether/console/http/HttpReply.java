package dev.noether.console.http;

import dev.noether.console.http.JsonText.ObjectBody;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the status
 * @param type the media type
 * @param body the bytes; not copied
 * @param headers further headers
 */
public record HttpReply(int status, String type, byte[] body, Map<String, String> headers) {
    static final String JSON = "application/json";

    private static final Map<String, String> NOT_STORED = Map.of("Cache-Control", "no-store");

    /** Returns a JSON object with status 200. */
    public static HttpReply json(ObjectBody body) {
        return new HttpReply(200, JSON, JsonText.object(body), NOT_STORED);
    }

    /** Returns an error as JSON. */
    static HttpReply error(HttpProblem problem) {
        byte[] body = JsonText.object(json -> json.text("error", String.valueOf(problem.getMessage())));
        Map<String, String> headers = new HashMap<>(NOT_STORED);
        if (problem.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (problem.retrySeconds() > 0) {
            headers.put("Retry-After", String.valueOf(problem.retrySeconds()));
        }
        return new HttpReply(problem.status(), JSON, body, headers);
    }

    /** Returns a text. */
    public static HttpReply text(int status, String text) {
        return new HttpReply(
                status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8), NOT_STORED);
    }
}
