package dev.noether.flink.check;

import dev.noether.flink.config.DetectorConfig;
import java.util.List;

/** Explains with a sample of the topic why no model can be trained. Reads from Kafka. */
public final class RefusalReason {
    private RefusalReason() {}

    /** Explains why the history holds no observation: no record at all, or records that are all rejected. */
    public static String noObservations(DetectorConfig config) {
        return noObservations(
                config.topics().observations(), TopicSample.read(config).newest());
    }

    static String noObservations(String topic, ObservationSample newest) {
        if (newest.records() == 0) {
            return "topic " + topic + " holds no observation yet";
        }
        StringBuilder text = new StringBuilder("topic " + topic + " holds no observation: of the newest "
                + newest.records() + " records, " + (newest.records() - newest.rows()) + " are rejected");
        newest.rejections()
                .forEach((reason, rejection) -> text.append("; ")
                        .append(rejection.count())
                        .append(" with ")
                        .append(reason)
                        .append(", the first because ")
                        .append(rejection.example()));
        return text.toString();
    }

    /** Names the features without any value, and for each the most similar name that the records report instead. */
    public static String unreported(DetectorConfig config, List<String> features) {
        return unreported(
                features, config.features().names(), TopicSample.read(config).newest());
    }

    static String unreported(List<String> features, List<String> listed, ObservationSample newest) {
        FeatureNames names = FeatureNames.of(listed, newest.features());
        StringBuilder text = new StringBuilder("no model is trained: ");
        for (int i = 0; i < features.size(); i++) {
            text.append(i == 0 ? "" : "; ").append(names.describe(features.get(i)));
        }
        return text.append(". Correct the name in the detector file, or remove the feature")
                .toString();
    }
}
