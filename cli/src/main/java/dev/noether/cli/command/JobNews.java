package dev.noether.cli.command;

import dev.noether.cli.stack.RunningJob;
import java.util.ArrayList;
import java.util.List;

/** What to tell a person about the job of a detector: what is new, and the progress. Not thread safe. */
abstract class JobNews {
    private final String name;
    private final String absence;
    private String topics = "";
    private String source = "";

    /**
     * Makes news of which nothing was told yet.
     *
     * @param name name of the job, such as "the import"
     * @param absence what is not done without the job, such as "NOT IMPORTING"
     */
    JobNews(String name, String absence) {
        this.name = name;
        this.absence = absence;
    }

    /** Returns what was not told yet about the job. */
    final List<String> of(RunningJob job) {
        List<String> news = new ArrayList<>();
        String now = job.metrics().topicReport();
        if (!now.equals(topics)) {
            topics = now;
            news.add(now.isEmpty() ? "All topics are as they were." : now);
        }
        String waiting = job.metrics().sourceProblem();
        if (!waiting.equals(source)) {
            source = waiting;
            news.add(
                    waiting.isEmpty()
                            ? "The schema registry answers again."
                            : waiting + ". Records wait for it; none is rejected.");
        }
        addOthers(job, news);
        return news;
    }

    /** Adds what is new beside the topics and the source. */
    void addOthers(RunningJob job, List<String> news) {}

    /** Returns the progress of a job in one line. */
    abstract String progress(RunningJob job);

    /** Returns one line for a detector that has no job now; the problem is empty if the job never failed. */
    final String withoutJob(String problem) {
        return problem.isEmpty() ? name + " starts" : absence + ": " + problem;
    }

    final String name() {
        return name;
    }

    final String absence() {
        return absence;
    }
}
