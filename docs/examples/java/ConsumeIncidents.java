import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints incidents: {@code java -cp 'kafka-clients.jar:jackson-databind.jar:…' ConsumeIncidents.java localhost:9092
 * hosts.incidents [COUNT]}. Needs {@code output: {format: json}} in the detector file.
 */
public final class ConsumeIncidents {
    public static void main(String[] arguments) throws IOException {
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : Integer.MAX_VALUE;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                arguments[0],
                "group.id",
                "incident-printer-" + ProcessHandle.current().pid(),
                "auto.offset.reset",
                "earliest",
                // What is not committed may be written again.
                "isolation.level",
                "read_committed");
        ObjectMapper json = new ObjectMapper();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(arguments[1]));
            int seen = 0;
            while (seen < count) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    JsonNode incident = json.readTree(record.value());
                    // An incident has several records: OPENED, UPDATED, RESOLVED. Its id stays the same.
                    System.out.println(incident.get("time").asText() + " "
                            + incident.get("state").asText() + " "
                            + incident.get("severity").asText() + " "
                            + incident.get("description").asText());
                    seen++;
                }
            }
        }
    }
}
