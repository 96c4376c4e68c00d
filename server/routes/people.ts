import { Person, PersonInput } from '#schemas/api/people.ts'
import type { App } from '#server/http.ts'
import { personOf, type PersonDeps } from '#server/people/person.ts'
import { languageOf } from '#server/plugins/language.ts'

/** "Did she get it?": one person over all runs. */
export function peopleRoutes(app: App, deps: Omit<PersonDeps, 'language'>): void {
  app.post(
    '/api/people',
    {
      schema: {
        tags: ['people'],
        summary: 'What one exact address (number, e-mail address, user id) got in all runs, and where it was left out',
        body: PersonInput,
        response: { 200: Person },
      },
    },
    (request) =>
      personOf({ ...deps, language: languageOf(request) }, { workspaceId: request.workspaceId, address: request.body.address }),
  )
}
