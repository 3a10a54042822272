package dev.noether.flink.source.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.RegistryOptions;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import dev.noether.testing.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The registry's REST API over real HTTP: what is a fault of a record, and what a record waits for. */
@Timeout(60)
class RegistrySchemasTest {
    private static final Schema FIRST = SchemaBuilder.record("Metric")
            .fields()
            .requiredString("host")
            .requiredDouble("cpu")
            .endRecord();
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestingRegistry registry = new TestingRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void asksOnceForEachSchema() throws Exception {
        registry.put(7, FIRST);
        RegistrySchemas schemas = schemas(LONG);
        for (int i = 0; i < 5; i++) {
            assertThat(schemas.get(7)).isEqualTo(FIRST);
        }
        assertThat(registry.requests()).isEqualTo(1);
        assertThat(schemas.problem()).isEmpty();
    }

    @Test
    void aNumberThatTheRegistryDoesNotKnowIsAFaultOfTheRecord() {
        RegistrySchemas schemas = schemas(LONG);
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(schemas, 99))
                    .isEqualTo("the registry " + registry.url() + " does not know the schema 99");
        }
        assertThat(registry.requests())
                .as("damaged records do not flood the registry")
                .isEqualTo(1);
    }

    @Test
    void otherKindsOfSchemaAreFaultsOfTheRecord() {
        registry.putText(1, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message M {}\"}");
        registry.putText(2, "{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}");
        RegistrySchemas schemas = schemas(LONG);
        assertThat(refusal(schemas, 1)).endsWith(" is of the type PROTOBUF; only AVRO is read");
        assertThat(refusal(schemas, 2)).contains("is not valid Avro");
    }

    @Test
    void takesTypesFromOtherSchemas() throws Exception {
        Schema labels =
                SchemaBuilder.record("Labels").fields().requiredString("zone").endRecord();
        registry.putVersion("labels", 3, labels);
        registry.putText(
                5,
                "{\"schema\": "
                        + TestingRegistry.quoted("{\"type\": \"record\", \"name\": \"M\", \"fields\": ["
                                + "{\"name\": \"labels\", \"type\": \"Labels\"}]}")
                        + ", \"references\": [{\"name\": \"Labels\", \"subject\": \"labels\", \"version\": 3}]}");
        assertThat(schemas(LONG).get(5).getField("labels").schema()).isEqualTo(labels);
    }

    @Test
    void aRecordWaitsForARegistryThatIsDown() throws Exception {
        registry.put(7, FIRST);
        registry.fail(503);
        RegistrySchemas schemas = schemas(LONG);
        CompletableFuture<Schema> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return schemas.get(7);
            } catch (MalformedRecordException e) {
                throw new IllegalStateException(e);
            }
        });
        Patience.await("the problem is said", () -> !schemas.problem().isEmpty(), () -> "it is not");
        assertThat(schemas.problem())
                .isEqualTo("the schema registry " + registry.url()
                        + " answers /schemas/ids/7 with status 503; check `registry.url`");
        Patience.await("it asks again", () -> registry.requests() > 2, () -> "it does not");
        assertThat(waiting).isNotDone();
        registry.fail(0);
        assertThat(waiting.get()).isEqualTo(FIRST);
        assertThat(schemas.problem()).isEmpty();
    }

    @Test
    void aServerThatIsNoRegistryRejectsNothing() {
        registry.fail(404);
        assertThatThrownBy(() -> schemas(Duration.ofMillis(300)).get(7))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("the schema registry " + registry.url()
                        + " answers /schemas/ids/7 with status 404; check `registry.url`");
    }

    @Test
    void nobodyThereRejectsNothing() {
        String url = registry.url();
        registry.close();
        assertThatThrownBy(
                        () -> new RegistrySchemas(new RegistryOptions(url, "", "", ""), Duration.ofMillis(300)).get(7))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageStartingWith("the schema registry " + url + " does not answer: Connect");
    }

    @Test
    void aWrongPasswordRejectsNothingAndIsSaid(@TempDir Path folder) throws Exception {
        registry.put(7, FIRST);
        registry.require("reader", "secret");
        Path password = Files.writeString(folder.resolve("password"), "wrong\n");
        RegistryOptions options = new RegistryOptions(registry.url(), "reader", "${file:" + password + "}", "");
        assertThatThrownBy(() -> new RegistrySchemas(options, Duration.ofMillis(300)).get(7))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("the schema registry " + registry.url() + " refuses access with status 401; check"
                        + " `registry.user` and `registry.password`, and that this user may read schemas");
        Files.writeString(password, "secret\n");
        assertThat(new RegistrySchemas(options, LONG).get(7)).isEqualTo(FIRST);
    }

    @Test
    void aCancelledTaskStopsToWait() throws Exception {
        registry.fail(500);
        RegistrySchemas schemas = schemas(LONG);
        CompletableFuture<Schema> waiting = new CompletableFuture<>();
        Thread task = new Thread(() -> {
            try {
                waiting.complete(schemas.get(7));
            } catch (MalformedRecordException | RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        task.start();
        Patience.await("it waits", () -> !schemas.problem().isEmpty(), () -> "it does not");
        task.interrupt();
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
    }

    private RegistrySchemas schemas(Duration patience) {
        return new RegistrySchemas(new RegistryOptions(registry.url(), "", "", ""), patience);
    }

    private static String refusal(RegistrySchemas schemas, int id) {
        try {
            return "known: " + schemas.get(id);
        } catch (MalformedRecordException e) {
            assertThat(e.reason()).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
            return String.valueOf(e.getMessage());
        }
    }
}
