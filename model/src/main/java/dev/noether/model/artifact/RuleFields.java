package dev.noether.model.artifact;

import dev.noether.model.calibration.ScoreRule;
import org.apache.avro.generic.GenericRecord;

/** Writes and reads the score rule in the record of an artifact. */
final class RuleFields {
    private RuleFields() {}

    static void put(GenericRecord record, ScoreRule rule) {
        record.put("adaptationRate", rule.adaptationRate());
        record.put("causeRate", rule.causeRate());
        record.put("varianceFloor", rule.varianceFloor());
        record.put("alarmStartingWeight", rule.alarmStartingWeight());
        record.put("startingWeight", rule.startingWeight());
        record.put("memoryRate", rule.memoryRate());
        record.put("memoryWeight", rule.memoryWeight());
        record.put("excessWeight", rule.excessWeight());
        record.put("memoryCeiling", rule.memoryCeiling());
    }

    static ScoreRule get(GenericRecord record) {
        return new ScoreRule(
                (Float) record.get("adaptationRate"),
                (Float) record.get("causeRate"),
                (Float) record.get("varianceFloor"),
                (Float) record.get("alarmStartingWeight"),
                (Float) record.get("startingWeight"),
                (Float) record.get("memoryRate"),
                (Float) record.get("memoryWeight"),
                (Float) record.get("excessWeight"),
                (Float) record.get("memoryCeiling"));
    }
}
