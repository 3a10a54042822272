package dev.noether.lab.evaluate.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.noether.lab.evaluate.measure.BudgetTrial;
import dev.noether.lab.evaluate.measure.TopicReport;
import dev.noether.lab.evaluate.topic.TopicData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A backtest on a topic as JSON: what was read, the incidents, the budgets and the suggestion. */
public final class TopicJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private TopicJson() {}

    /** Writes the file. */
    public static void write(Path file, TopicData data, TopicReport report) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("topic", report.set().name());
        root.put("from", Instant.ofEpochMilli(data.span().from()).toString());
        root.put("split", Instant.ofEpochMilli(data.span().split()).toString());
        root.put("to", Instant.ofEpochMilli(data.span().to()).toString());
        root.put("entities", data.entities().size());
        root.put("historyRows", data.counts().history());
        root.put("testRows", data.counts().test());
        ObjectNode rejected = root.putObject("rejected");
        data.counts().rejected().forEach(rejected::put);
        ArrayNode incidents = root.putArray("incidents");
        report.incidents()
                .forEach(incident -> incidents
                        .addObject()
                        .put("entity", incident.entity())
                        .put("kind", incident.kind().name())
                        .put("severity", incident.severity().name())
                        .put("start", Instant.ofEpochMilli(incident.start()).toString())
                        .put("end", Instant.ofEpochMilli(incident.end()).toString())
                        .put("description", incident.description()));
        ArrayNode budgets = root.putArray("budgets");
        report.trials().forEach(trial -> put(budgets.addObject(), trial));
        put(root.putObject("own"), report.own());
        root.putObject("suggestion")
                .put("budget", report.suggestion().budget().toString())
                .put("reason", report.suggestion().reason());
        root.put("refusal", report.refusal());
        JSON.writeValue(file.toFile(), root);
    }

    private static void put(ObjectNode node, BudgetTrial trial) {
        node.put("budget", trial.budget().toString())
                .put("promised", trial.rate())
                .put("realised", trial.realised())
                .put("rows", trial.rows())
                .put("alarms", trial.alarms())
                .put("incidents", trial.incidents())
                .put("isMeasured", trial.isMeasured());
    }
}
