import type { HttpRequest } from '../curl/request.ts'
import { doubleQuoted } from './literals.ts'

/** A request by Java's own java.net.http, for 11 and later. */
export function java({ method, url, headers, body }: HttpRequest): string {
  const publisher = body === null ? 'BodyPublishers.noBody()' : `BodyPublishers.ofString(${doubleQuoted(body)})`
  return [
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpRequest.BodyPublishers;',
    'import java.net.http.HttpResponse.BodyHandlers;\n',
    'public class Main {',
    '    public static void main(String[] arguments) throws Exception {',
    `        var request = HttpRequest.newBuilder(URI.create(${doubleQuoted(url)}))`,
    `            .method(${doubleQuoted(method)}, ${publisher})`,
    ...headers.map(([name, value]) => `            .header(${doubleQuoted(name)}, ${doubleQuoted(value)})`),
    '            .build();',
    '        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());',
    '        System.out.println(response.statusCode() + " " + response.body());',
    '    }',
    '}\n',
  ].join('\n')
}
