package dev.noether.flink.source.registry;

import dev.noether.flink.config.RegistryOptions;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas of a registry. Each is fetched once and kept, because a number never gets another schema. While the
 * registry does not answer, or refuses to, a record waits: it may be good. Only a number that the registry itself does
 * not know is a fault of the record.
 *
 * <p>Used by one thread; {@link #problem} by any.
 */
public final class RegistrySchemas {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrySchemas.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration REMINDER = Duration.ofMinutes(1);
    /** Damaged records name any number: the registry is not asked again for each of them. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    private static final int MAX_UNKNOWN = 10_000;

    private final RegistryOptions options;
    private final Duration patience;
    private final Map<Integer, Schema> known = new HashMap<>();
    private final Map<Integer, Refusal> unknown = new LinkedHashMap<>();

    private @Nullable RegistryClient client;
    private volatile String problem = "";

    /** Why a number has no schema, and until when nobody asks again. */
    private record Refusal(String why, long untilNanos) {}

    /**
     * Makes an empty set of schemas. It asks the registry with the first record.
     *
     * @param patience how long a record waits for the registry
     */
    public RegistrySchemas(RegistryOptions options, Duration patience) {
        this.options = options;
        this.patience = patience;
    }

    /**
     * Returns the schema of a number. Waits while the registry does not answer.
     *
     * @throws MalformedRecordException if the registry does not know the number
     * @throws SourceUnavailableException if the registry has not answered in time, or the thread was interrupted
     */
    public Schema get(int id) throws MalformedRecordException {
        Schema schema = known.get(id);
        if (schema != null) {
            return schema;
        }
        Refusal refusal = unknown.get(id);
        if (refusal != null && System.nanoTime() - refusal.untilNanos < 0) {
            throw refused(refusal.why);
        }
        RegistryAnswer answer = await(id);
        if (answer instanceof RegistryAnswer.Found found) {
            known.put(id, found.schema());
            return found.schema();
        }
        String why = answer instanceof RegistryAnswer.Unknown none ? none.why() : "";
        remember(id, new Refusal(why, System.nanoTime() + UNKNOWN_FOR.toNanos()));
        throw refused(why);
    }

    /** Why records wait now, in one line; empty if none does. */
    public String problem() {
        return problem;
    }

    private void remember(int id, Refusal refusal) {
        unknown.remove(id);
        if (unknown.size() >= MAX_UNKNOWN) {
            unknown.remove(unknown.keySet().iterator().next());
        }
        unknown.put(id, refusal);
    }

    /** Asks until the registry knows, with growing pauses. */
    private RegistryAnswer await(int id) {
        long start = System.nanoTime();
        long said = start;
        long pause = FIRST_PAUSE.toMillis();
        try {
            while (true) {
                RegistryAnswer answer = ask(id);
                if (!(answer instanceof RegistryAnswer.Away away)) {
                    sayAnswered(start);
                    return answer;
                }
                long now = System.nanoTime();
                if (problem.isEmpty() || now - said > REMINDER.toNanos()) {
                    LOG.warn("{}. Records wait for the schema {}; none is rejected for it.", away.why(), id);
                    said = now;
                }
                problem = away.why();
                if (now - start > patience.toNanos()) {
                    throw new SourceUnavailableException(away.why());
                }
                Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceUnavailableException("the wait for the schema registry was interrupted", e);
        }
    }

    private void sayAnswered(long start) {
        if (!problem.isEmpty()) {
            LOG.info(
                    "The schema registry answers again, after {} s.",
                    Duration.ofNanos(System.nanoTime() - start).toSeconds());
            problem = "";
        }
    }

    private RegistryAnswer ask(int id) throws InterruptedException {
        try {
            RegistryClient current = client;
            if (current == null) {
                current = new RegistryClient(options.access());
                client = current;
            }
            return current.schema(id);
        } catch (IOException e) {
            return new RegistryAnswer.Away(String.valueOf(e.getMessage()));
        }
    }

    private static MalformedRecordException refused(String why) {
        return new MalformedRecordException(RejectionReason.UNKNOWN_SCHEMA, why);
    }
}
