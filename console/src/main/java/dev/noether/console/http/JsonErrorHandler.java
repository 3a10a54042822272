package dev.noether.console.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what Jetty itself refuses, such as a path with hidden parts, in the form of all other errors. */
final class JsonErrorHandler extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        SecurityHeaders.add(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpReply.JSON);
        response.write(true, ByteBuffer.wrap(body(code)), callback);
    }

    @Override
    public @Nullable ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields.Mutable headers) {
        SecurityHeaders.add(headers);
        headers.put(HttpHeader.CONTENT_TYPE, HttpReply.JSON);
        return ByteBuffer.wrap(body(status));
    }

    private static byte[] body(int status) {
        return HttpReply.error(new HttpProblem(status, "The request cannot be read (status " + status + ")."))
                .body();
    }
}
