import { useState } from 'react'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Avatar } from '../../../../components/people/avatar.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './portrait.module.css'
import type { PersonRecord } from './use-person.ts'

/** Initials; the face only when somebody who may asks for it, because each look is on record. */
export function Portrait({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.overview
  const maySee = useCan('people:credentials')
  const [isShown, setShown] = useState(false)
  return (
    <div className={styles.portrait}>
      <Avatar person={person} size="large" withPhoto={isShown} />
      <div className={styles.text}>
        {!person.HasPhoto
          ? w.noPhoto
          : !maySee
            ? w.photoHidden
            : !isShown && (
                <>
                  <Button size="small" icon="eye" onClick={() => setShown(true)}>
                    {w.showPhoto}
                  </Button>
                  {w.photoWhy}
                </>
              )}
      </div>
    </div>
  )
}
