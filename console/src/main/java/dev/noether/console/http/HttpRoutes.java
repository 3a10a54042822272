package dev.noether.console.http;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers.
 *
 * @param queries answers to GET, by path
 * @param commands answers to POST, by path
 * @param heavy paths whose answers take much memory, so that few are made at once
 * @param streamPath path of the stream of events
 */
public record HttpRoutes(
        Map<String, Query> queries, Map<String, Command> commands, Set<String> heavy, String streamPath) {
    /** Answers a GET. Thread safe. */
    @FunctionalInterface
    public interface Query {
        /**
         * Answers.
         *
         * @throws HttpProblem if it cannot
         */
        HttpReply answer(QueryParameters parameters);
    }

    /** Answers a POST. Thread safe. */
    @FunctionalInterface
    public interface Command {
        /**
         * Answers.
         *
         * @throws HttpProblem if it cannot
         */
        HttpReply answer(Post post);
    }

    /**
     * A POST whose origin and type were checked.
     *
     * @param body reads the bytes; to be called when the caller is known to have the right
     * @param authorization the header of this name; null if it is missing
     * @param remote address of the caller
     */
    public record Post(Supplier<byte[]> body, @Nullable String authorization, String remote) {}

    public HttpRoutes {
        queries = Map.copyOf(queries);
        commands = Map.copyOf(commands);
        heavy = Set.copyOf(heavy);
    }
}
