package dev.noether.lab.evaluate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.TestingReports;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class EvaluationPageTest {
    private String html = "";
    private List<Element> tables = new ArrayList<>();
    private List<Element> charts = new ArrayList<>();

    @BeforeEach
    void parse() throws Exception {
        html = EvaluationPage.of(List.of(TestingReports.fleet(), TestingReports.table()));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        tables = elements(document.getElementsByTagName("table"));
        charts = elements(document.getElementsByTagName("svg"));
    }

    @Test
    void theBestMeanOfEachColumnIsBold() {
        Element means = tables.get(0);
        assertThat(texts(means, "th")).startsWith("detector", "VUS-PR", "VUS-ROC");
        List<String> bold = elements(means.getElementsByTagName("td")).stream()
                .filter(cell -> cell.getAttribute("class").equals("best"))
                .map(Element::getTextContent)
                .toList();
        // VUS-PR and events of noether; the shortest delay is that of norm.
        assertThat(bold).containsExactly("0.700", "0.750", "3.0");
    }

    @Test
    void everySeriesThatWasScoredHasAChart() {
        // Two series and the alarm rates of the fleet; a table without alarms has none.
        assertThat(charts).hasSize(3);
        assertThat(html)
                .contains("labelled event, rows 10 to 19", "incident, rows 12 to 24")
                .contains("a &lt;1&gt;")
                .doesNotContain("a <1>");
    }

    @Test
    void alarmRatesAndCausesAreTabulated() {
        List<String> budget = tables.stream()
                .filter(table -> texts(table, "th").get(0).equals("promised"))
                .flatMap(table -> texts(table, "td").stream())
                .toList();
        assertThat(budget).contains("2.00e-03", "2.00", "4", "2000", "0.500");
        List<String> causes = tables.stream()
                .filter(table -> texts(table, "th").get(0).equals("ranking by"))
                .flatMap(table -> texts(table, "td").stream())
                .toList();
        assertThat(causes).containsExactly("0.500", "0.750", "0.250", "0.375", "0.125", "0.250", "0.500", "0.625");
    }

    @Test
    void failuresAreNamed() {
        assertThat(html).contains("pca failed on b: too few rows &amp; no hope");
    }

    @Test
    void delayedColumnsAndSkippedPeersAreShownWhereThereAreSome() {
        String beats = EvaluationPage.of(List.of(TestingReports.beats()));
        assertThat(beats)
                .contains(">UCR score<", ">rank delay<", ">VUS-PR delayed<", ">UCR delayed<")
                .contains("shape was not run on 1 of 2 series: two &amp; more");
        assertThat(html).doesNotContain(">UCR score<", ">VUS-PR delayed<", "was not run on");
    }

    @Test
    void sectionsWithoutContentAreLeftOut() {
        String table = html.substring(html.indexOf("tables (1 series)"));
        assertThat(table).doesNotContain("Alarm budget", "Causes", "Differences", "Alarm scores");
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static List<String> texts(Element parent, String tag) {
        return elements(parent.getElementsByTagName(tag)).stream()
                .map(Element::getTextContent)
                .toList();
    }
}
